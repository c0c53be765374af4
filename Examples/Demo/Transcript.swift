import Foundation

/// What is shown, and kept in a file as well.
actor Transcript {
    private let file: FileHandle

    init(_ url: URL) throws {
        try Data().write(to: url)
        self.file = try FileHandle(forWritingTo: url)
    }

    /// Something that the demo itself has to say.
    func say(_ text: String) { self.line("\n# \(text)\n") }

    /// A command that is run.
    func command(_ arguments: [String]) {
        let words = arguments.map { $0.contains(" ") ? "\"\($0)\"" : $0 }
        self.line("$ flagctl " + words.joined(separator: " "))
    }

    /// A line of a program's output.
    func line(_ text: String) {
        let data = Data((text + "\n").utf8)
        FileHandle.standardOutput.write(data)
        self.file.write(data)
    }
}
