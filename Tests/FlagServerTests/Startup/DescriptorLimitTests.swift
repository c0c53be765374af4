import Testing

@testable import FlagServer

@Suite("Connections leave file descriptors for the rest of the server")
struct DescriptorLimitTests {
    @Test(
        "Connections are as many as configured, or as the descriptors allow without the reserve",
        arguments: [(1024, 896), (20_000, 16_384), (16_512, 16_384), (16_511, 16_383), (100, 1)])
    func capsConnections(descriptors: Int, connections: Int) {
        let limit = DescriptorLimit(descriptors: descriptors)
        #expect(limit.connections(configured: 16_384) == connections)
        #expect((limit.advice(configured: 16_384) == nil) == (connections == 16_384))
        #expect(limit.limiting(ServerConfiguration()).limits.connections == connections)
    }

    @Test("The advice names both numbers and what to raise the limit to")
    func advises() {
        let advice = DescriptorLimit(descriptors: 1024).advice(configured: 16_384) ?? ""
        for part in ["1024", "896", "16384", "16512"] { #expect(advice.contains(part)) }
    }

    @Test("The soft limit is raised, and raising it again changes nothing")
    func raises() throws {
        let limit = try #require(DescriptorLimit.raised())
        #expect(limit.descriptors > 0 && DescriptorLimit.raised() == limit)
    }
}
