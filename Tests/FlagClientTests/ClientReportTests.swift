import FlagAPI
import FlagModel
import Logging
import TestSupport
import Testing

@testable import FlagClient

@Suite("A client's reports")
struct ClientReportTests {
    @Test("say who it is and what it has in force, after each revision")
    func afterEach() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                for revision in 2...4 {
                    try await client.ready()
                    let snapshot = try Samples.snapshot(Int64(revision), greeting: "revision \(revision)")
                    stub.publish(snapshot)
                    try await eventually {
                        stub.reports.contains {
                            $0.revision == snapshot.revision && $0.digest == snapshot.digest
                        }
                    }
                }
                let report = try #require(stub.reports.last)
                #expect(report.name == "tests")
                #expect(report.version == "1.2")
                #expect(report.labels == ["host": "here"])
                #expect(report.source == .stream)
                #expect(report.leaving == nil)
                try await eventually { client.status.instanceState == .current }
            }
        }
    }

    @Test("go on in the rhythm that the server asks for")
    func rhythm() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set { $0.reportWithinSeconds = 0 }
            try await withClient(Samples.configuration(stub.port)) { _ in
                try await eventually { stub.reports.count >= 5 }
            }
        }
    }

    @Test("end with one that says goodbye")
    func goodbye() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            try await withClient(Samples.configuration(stub.port)) { client in
                try await eventually { client.status.counts.reports >= 1 }
            }
            #expect(stub.reports.last?.leaving == true)
            #expect(stub.reports.last?.revision == 1)
            #expect(stub.reports.count { $0.leaving == true } == 1)
            try await eventually { stub.openStreams == 0 }
        }
    }

    @Test("that are refused are logged, and do not harm reading")
    func idTaken() async throws {
        let log = CapturedLog()
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set {
                $0.reportRefusal = Problem(
                    type: "instance-id-taken", title: "Taken", status: 409, detail: "instance-1 is another's")
            }
            try await withClient(Samples.configuration(stub.port), log: log) { client in
                try await eventually { client.status.counts.reportFailures >= 1 }
                stub.publish(try Samples.snapshot(2, greeting: "still"))
                try await eventually { client.string("greeting", default: "") == "still" }
                #expect(client.status.connection == .streaming)
            }
        }
        #expect(log.lines.count { $0.level == .error && $0.message.contains("id of its own") } == 1)
    }

    @Test("an id that another process has taken costs the place in the fleet's list, and not the flags")
    func streamsAnonymously() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            stub.set {
                $0.idRefusal = Problem(
                    type: "instance-id-taken", title: "Taken", status: 409, detail: "instance-1 is another's")
            }
            try await withClient(Samples.configuration(stub.port)) { client in
                try await client.ready()
                #expect(client.status.connection == .streaming)
                #expect(stub.streamRequests.last?.uri == "/v1/environments/staging/stream")
            }
        }
    }
}
