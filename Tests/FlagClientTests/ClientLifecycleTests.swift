import FlagAPI
import FlagModel
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import FlagClient

@Suite("A client's life")
struct ClientLifecycleTests {
    @Test("ends with its service group, without a goodbye to a control plane that never answered")
    func serviceGroup() async throws {
        let client = try FlagClient(Samples.configuration(1), time: TimeSource()) { 0.5 }
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: client)], logger: Logger(label: "test")))
        async let running: Void = group.run()
        try await eventually { client.status.problem != nil }
        await group.triggerGracefulShutdown()
        try await running
        #expect(client.status.connection == .stopped)
    }

    @Test("ends when its task is cancelled, and still says goodbye")
    func cancellation() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            let client = try FlagClient(Samples.configuration(stub.port), time: TimeSource()) { 0.5 }
            let task = Task { try await client.run() }
            try await eventually { client.status.counts.reports >= 1 }
            task.cancel()
            try await task.value
            #expect(stub.reports.last?.leaving == true)
        }
    }

    @Test("is run once")
    func once() async throws {
        let client = try FlagClient(Samples.configuration(1), time: TimeSource()) { 0.5 }
        client.shutdown()
        try await client.run()
        await #expect(throws: FlagClientError.alreadyRun) { try await client.run() }
    }

    @Test("a program without a service group runs it around its own work")
    func withoutServiceGroup() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            let greeting = try await FlagClient.withClient(configuration: Samples.configuration(stub.port)) { client in
                try await client.ready()
                return client.string("greeting", default: "")
            }
            #expect(greeting == "hello")
            #expect(stub.reports.last?.leaving == true)
        }
    }

    @Test("after the end flags answer from the last snapshot, and sequences end")
    func afterwards() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            let client = try FlagClient(Samples.configuration(stub.port), time: TimeSource()) { 0.5 }
            async let running: Void = client.run()
            try await client.ready()
            let updates = client.updates(of: "greeting", default: "")
            async let all = updates.reduce(into: 0) { count, _ in count += 1 }
            client.shutdown()
            try await running
            _ = await all
            #expect(client.string("greeting", default: "") == "hello")
        }
    }

    @Test("a control plane that does not take the goodbye delays the end for no longer than allowed")
    func goodbyeIsBounded() async throws {
        try await StubControlPlane.with(try Samples.snapshot(1)) { stub in
            var configuration = Samples.configuration(stub.port)
            configuration.timings.goodbyeTimeout = .milliseconds(10)
            let client = try FlagClient(configuration, time: TimeSource()) { 0.5 }
            async let running: Void = client.run()
            try await eventually { client.status.counts.reports >= 1 }
            try await stub.stop()
            client.shutdown()
            try await running
            #expect(client.status.connection == .stopped)
        }
    }

    @Test("a silent control plane makes impatient flags safe and tells their followers; its return undoes it")
    func freeze() async throws {
        let time = ShiftedTime()
        let log = CapturedLog()
        let snapshot = try Samples.snapshot(1, extra: ["impatient": Samples.impatient])
        try await StubControlPlane.with(snapshot) { stub in
            try await withClient(Samples.configuration(stub.port), time: time.source, log: log) { client in
                try await client.ready()
                var updates = client.updates(of: "impatient", default: true).makeAsyncIterator()
                #expect(await updates.next()?.value == true)
                let port = stub.port
                try await stub.stop()
                // What came before the end must not be heard after the clock has been moved.
                try await eventually { client.status.problem?.contains("cannot be reached") == true }
                time.advance(by: .seconds(61))
                let update = await updates.next()
                #expect(update?.reason == .stale)
                #expect(update?.value == false)
                try await stub.start(port: port)
                #expect(await updates.next()?.value == true)
            }
        }
        #expect(log.lines.contains { $0.level == .error && $0.message.contains("safe variant") })
    }
}
