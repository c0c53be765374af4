// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever uses Signalbox does not build its benchmarks.
let package = Package(
    name: "signalbox-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "signalbox", path: ".."),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    ],
    targets: [
        // Counts what the benchmarks allocate.
        .target(name: "AllocationCounter"),
        .target(name: "BenchmarkSupport"),
        .executableTarget(
            name: "bench",
            dependencies: [
                "AllocationCounter", "BenchmarkSupport",
                .product(name: "FlagModel", package: "signalbox"),
                .product(name: "RedisClient", package: "signalbox"),
                .product(name: "TicketRuntime", package: "signalbox"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "fanout",
            dependencies: [
                "BenchmarkSupport",
                .product(name: "FlagModel", package: "signalbox"),
                .product(name: "FlagClient", package: "signalbox"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "bare-handler", dependencies: [.product(name: "Hummingbird", package: "hummingbird")]),
    ]
)
