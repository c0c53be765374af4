internal import NIOCore

/// The server cannot start as it is configured. Every fault is listed with the name of its setting and the cure; a
/// secret's value is never part of it.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    /// One fault.
    struct Issue: Hashable, CustomStringConvertible {
        /// The setting, named as it was given.
        var name: String
        /// What is wrong and what to do.
        var message: String

        init(_ name: String, _ message: String) {
            self.name = name
            self.message = message
        }

        var description: String { "\(self.name): \(self.message)" }
    }

    /// The faults, at least one.
    let issues: [Issue]

    init(_ issues: [Issue]) {
        self.issues = issues
    }

    init(_ name: String, _ message: String) {
        self.init([Issue(name, message)])
    }

    /// The address to listen on cannot be had; `cause` says why.
    init(listening cause: some Error, on address: ListenAddress) {
        self.init(
            Setting.listen.variable,
            cause is SocketAddressError.UnknownHost
                ? "the host \(address.host) is not known; use an address of this machine, such as 127.0.0.1:8080"
                : "\(address) cannot be listened on (\(cause)); stop what uses it, or choose another")
    }

    /// The faults, one a line.
    var description: String { self.issues.map(\.description).joined(separator: "\n") }
}
