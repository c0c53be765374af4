internal import ControlPlane
internal import Digest
internal import FlagAPI
internal import FlagModel
internal import TicketRuntime

/// The TicketRuntime inside this server, as an instance among the others.
struct EmbeddedInstance: Sendable {
    let fleet: Fleet
    /// Its id.
    let id: InstanceID

    /// - Parameter process: What this process is called; the id is made of it.
    init(fleet: Fleet, process: String) {
        self.fleet = fleet
        let digest = Hexadecimal.encode(SHA256.hash(process))
        self.id = InstanceID(unchecked: "embedded-\(digest.prefix(8))")
    }

    /// Has what the runtime counts added to what the other instances do.
    func count(_ runtime: TicketRuntime, in telemetry: FleetTelemetry) {
        telemetry.include(self.id, in: runtime.configuration.environment) { runtime.counts }
    }

    /// Says that a snapshot is in force for this server's tickets.
    func acknowledge(_ snapshot: Snapshot) {
        let report = FleetReport(
            id: self.id, name: "FlagServer", version: Version.current, revision: snapshot.revision,
            digest: snapshot.digest, source: InstanceSource.stream.rawValue)
        do throws(FleetError) {
            _ = try self.fleet.report(report, owner: nil, in: snapshot.environment)
        } catch {
            // The first acknowledgement, before the server listens, takes the place; after that there is no refusal. Of
            // no use to the tickets either way: the snapshot is in force.
        }
    }
}
