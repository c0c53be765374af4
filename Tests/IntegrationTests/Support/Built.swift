import Foundation

/// Where the build put the programs, and where the project's files are.
enum Built {
    /// The folder of the test bundle, in which the programs stand, too.
    static let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    static let server = Self.folder.appendingPathComponent("FlagServer").path
    static let flagctl = Self.folder.appendingPathComponent("flagctl").path
    static let greetingService = Self.folder.appendingPathComponent("GreetingService").path
    static let ticketService = Self.folder.appendingPathComponent("TicketService").path

    /// The project's root.
    static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
