import FlagModel
import Testing

@testable import FlagClient

@Suite("The client's configuration")
struct ConfigurationTests {
    private func faults(_ change: (inout FlagClientConfiguration) -> Void) -> [String] {
        var configuration = Samples.configuration(1)
        change(&configuration)
        return configuration.faults
    }

    @Test("the token is never printed, whatever prints it")
    func token() {
        let configuration = Samples.configuration(1)
        var dumped = ""
        dump(configuration, to: &dumped)
        let texts = ["\(configuration)", String(reflecting: configuration), dumped, "\(configuration.token)"]
        for text in texts { #expect(!text.contains("secret-token")) }
    }

    @Test("a token read from a file loses its line end")
    func tokenFromFile() {
        #expect(AccessToken(" sb_x\n") == AccessToken("sb_x"))
    }

    @Test("a good configuration has no faults, the defaults neither")
    func good() {
        #expect(self.faults { _ in } == [])
        #expect(FlagClientTimings().faults == [])
        #expect(self.faults { $0.server = "https://flags.example.com:8443/base/" } == [])
    }

    @Test(
        "addresses that cannot be right are refused",
        arguments: [
            "", "flags.example.com", "ftp://flags", "http://", "http:///x", "http://user:pw@flags", "http://flags?x=1",
            "http://flags#x", "http://fl ags",
        ])
    func address(text: String) {
        #expect(self.faults { $0.server = text }.count == 1)
    }

    @Test("every fault is named at once, and none shows the token")
    func allFaults() {
        let error = #expect(throws: FlagClientError.self) {
            var configuration = Samples.configuration(1)
            configuration.server = "nowhere"
            configuration.token = AccessToken("sb_secret\u{1F6A6}")
            configuration.instance.id = "a/b"
            configuration.instance.name = ""
            configuration.instance.labels = [String(repeating: "x", count: 101): ""]
            configuration.timings.pollInterval = .zero
            configuration.timings.streamFailuresBeforePolling = 0
            configuration.cachePath = ""
            configuration.maximumSnapshotBytes = 1
            _ = try FlagClient(configuration: configuration)
        }
        guard case .configuration(let faults) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(faults.count == 9)
        #expect(error?.description.contains("sb_secret") == false)
    }

    @Test("instances have ids of their own")
    func instanceID() {
        let ids = Set((0..<100).map { _ in InstanceIdentity(name: "x").id })
        #expect(ids.count == 100)
        #expect(ids.allSatisfy { $0.count == 16 })
    }
}
