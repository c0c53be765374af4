import Foundation

/// Runs a script of `Tests` with the Python environment that has flagd's evaluator.
///
/// It is the interpreter that `SIGNALBOX_PYTHON` names, else the one that `scripts/python-packages` installs and prints.
/// Without one a test fails and says so: agreement that was not looked at is none.
enum FlagdPython {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func run(script: String, _ arguments: [String]) throws {
        let output = try Self.output(
            of: Self.interpreter(), [Self.project.appendingPathComponent("Tests/\(script)").path] + arguments)
        guard output.status == 0 else {
            throw Failure(
                description:
                    "\(script) failed. It needs what Tests/requirements.txt names: run scripts/python-packages, or set "
                    + "SIGNALBOX_PYTHON to an interpreter that has it.\n\(output.text.suffix(2000))")
        }
    }

    private static func interpreter() throws -> String {
        if let python = ProcessInfo.processInfo.environment["SIGNALBOX_PYTHON"], !python.isEmpty { return python }
        let output = try Self.output(of: Self.project.appendingPathComponent("scripts/python-packages").path, [])
        guard output.status == 0, let path = output.text.split(separator: "\n").last else {
            throw Failure(
                description: "scripts/python-packages could not install what Tests/requirements.txt names.\n"
                    + "\(output.text.suffix(2000))")
        }
        return String(path)
    }

    private static func output(of program: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
