import FlagModel
import NIOPosix

/// The last-known-good snapshot on disk.
struct SnapshotCache: Sendable {
    /// Why a snapshot was not kept.
    enum Refusal: Error, CustomStringConvertible {
        /// The file is another environment's.
        case foreign(EnvironmentName)
        /// The system did not let it be written.
        case system(SystemFailure)
        /// The snapshot could not be put into the file's form.
        case encoding(any Error)

        /// What happened, and what to do.
        var description: String {
            switch self {
            case .foreign(let environment):
                "the file holds the flags of \(environment); give each environment a file of its own, or delete it"
            case .system(let failure): failure.description
            case .encoding(let error): "\(error)"
            }
        }
    }

    let path: String
    let server: ServerAddress
    let environment: EnvironmentName
    let limit: Int
    let time: TimeSource

    /// Reads the file. Never fails: what is not usable is reported, and set aside where it is broken.
    @concurrent func load() async -> CacheOutcome {
        let outcome = try? await NIOThreadPool.singleton.runIfActive { self.loadBlocking() }
        return outcome ?? .missing
    }

    /// Writes the file, unless it holds a newer revision of the same environment already.
    ///
    /// - Parameter silence: For how long the control plane has not been heard.
    @concurrent func store(_ snapshot: Snapshot, silence: Duration) async throws {
        try await NIOThreadPool.singleton.runIfActive { try self.storeBlocking(snapshot, silence: silence) }
    }

    func loadBlocking() -> CacheOutcome {
        let bytes: [UInt8]
        do throws(SystemFailure) {
            guard let found = try FileAccess.read(self.path, limit: self.limit) else { return .missing }
            bytes = found
        } catch {
            return .unreadable(error)
        }
        do {
            let file = try CacheFile(bytes: bytes)
            guard file.head.environment == self.environment else {
                return .foreign("it holds the flags of \(file.head.environment)")
            }
            guard file.head.server == self.server.text else {
                return .foreign("it holds the flags of the control plane at \(file.head.server)")
            }
            let snapshot = try Snapshot(json: try JSONParser.parse(file.snapshot))
            guard snapshot.environment == self.environment else {
                return .foreign("it holds the flags of \(snapshot.environment)")
            }
            return .found(snapshot, age: file.stamp.age(wall: self.time.wall(), boot: self.time.boot()))
        } catch {
            return self.setAside(because: "\(error)")
        }
    }

    func storeBlocking(_ snapshot: Snapshot, silence: Duration) throws(Refusal) {
        // What cannot be read is overwritten: it is of no use to anyone.
        if let bytes = try? FileAccess.read(self.path, limit: self.limit), let file = try? CacheFile(bytes: bytes) {
            guard file.head.environment == self.environment else { throw .foreign(file.head.environment) }
            // Two processes share the file, and the other one is ahead.
            if file.head.server == self.server.text, file.head.revision > snapshot.revision { return }
        }
        let age = silence.milliseconds
        let stamp = CacheStamp(
            heardAt: self.time.wall().advanced(byMilliseconds: -age),
            boot: self.time.boot().map { BootMoment(boot: $0.boot, milliseconds: $0.milliseconds - age) })
        let bytes: [UInt8]
        do {
            bytes = try CacheFile(snapshot, from: self.server, stamp: stamp).bytes()
        } catch {
            throw .encoding(error)
        }
        do throws(SystemFailure) {
            try FileAccess.replace(self.path, with: bytes)
        } catch {
            throw .system(error)
        }
    }

    private func setAside(because reason: String) -> CacheOutcome {
        do throws(SystemFailure) {
            let suffix = ".corrupt-\(self.time.wall().millisecondsSinceEpoch)"
            return .corrupt(reason, setAside: try FileAccess.setAside(self.path, suffix: suffix))
        } catch {
            return .corrupt("\(reason); it could not be set aside either: \(error)", setAside: nil)
        }
    }
}
