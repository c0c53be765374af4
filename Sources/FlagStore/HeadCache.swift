internal import ControlPlane
internal import FlagModel
internal import Synchronization

/// The environments in force as last read or written, so that a commit need not read and compile every flag again.
///
/// An entry is only used when its version is the one stored, which is looked up in the same transaction.
final class HeadCache: Sendable {
    private let heads = Mutex<[EnvironmentName: EnvironmentHead]>([:])

    /// The head of an environment if it is at that version.
    func head(of environment: EnvironmentName, version: Int64) -> EnvironmentHead? {
        self.heads.withLock { $0[environment] }.flatMap { $0.version == version ? $0 : nil }
    }

    /// Takes over what was read.
    func store(_ head: EnvironmentHead) {
        self.heads.withLock { heads in
            if heads[head.name]?.version ?? 0 < head.version { heads[head.name] = head }
        }
    }

    /// Takes over what was written.
    func store(_ writes: [StorageWrite]) {
        for case .environment(let write) in writes { self.store(write.head) }
    }
}
