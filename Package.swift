// swift-tools-version: 6.2
import PackageDescription

// One list of settings for every target of ours: Swift 6 mode plus the features that Swift will adopt next.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// What each package does for us, and who keeps it, stands in CONTRIBUTING.md.
let packages: [Package.Dependency] = [
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
    .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: []),
]

func product(_ name: String, _ package: String) -> Target.Dependency { .product(name: name, package: package) }

/// One row of the table below: a target, what it may import, and whether it is a program.
struct Module {
    var name: String
    var ours: [String] = []
    var theirs: [Target.Dependency] = []
    var isProgram = false
    /// An example lies in Examples/ and has no tests of its own.
    var isExample = false
    /// What lies in its folder and is no source.
    var documents: [String] = []
    var testsNeed: [String] = []
    var testsNeedPackages: [Target.Dependency] = []
}

// The arrows between our targets. Nothing else is allowed; docs/architecture.md says why.
let modules: [Module] = [
    Module(name: "Digest", ours: ["COpenSSL"]),
    Module(name: "FlagModel", ours: ["Digest"]),
    Module(name: "FlagAPI", ours: ["FlagModel"], theirs: [product("Yams", "Yams")], testsNeed: ["TestSupport"]),
    Module(name: "ControlPlane", ours: ["FlagModel"]),
    Module(
        name: "FlagStore", ours: ["ControlPlane", "FlagModel", "Digest"],
        theirs: [product("GRDB", "GRDB.swift")], testsNeed: ["TestSupport"]),
    Module(
        name: "RedisClient", ours: ["CHiredis"],
        theirs: [
            product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio"), product("NIOSSL", "swift-nio-ssl"),
            product("Logging", "swift-log"),
        ],
        testsNeed: ["TestRedis", "TestSupport"], testsNeedPackages: [product("NIOEmbedded", "swift-nio")]),
    Module(
        name: "TicketRuntime", ours: ["FlagModel", "RedisClient", "Digest"],
        theirs: [product("Logging", "swift-log")], testsNeed: ["TestRedis", "TestSupport"]),
    Module(name: "PrometheusMetrics", theirs: [product("CoreMetrics", "swift-metrics")]),
    Module(
        name: "FlagServer",
        ours: [
            "FlagModel", "FlagAPI", "FlagStore", "ControlPlane", "TicketRuntime", "RedisClient", "PrometheusMetrics",
            "Digest",
        ],
        theirs: [
            product("Hummingbird", "hummingbird"), product("HummingbirdCore", "hummingbird"),
            product("JWTKit", "jwt-kit"), product("CoreMetrics", "swift-metrics"),
            product("AsyncHTTPClient", "async-http-client"),
            product("ArgumentParser", "swift-argument-parser"), product("Logging", "swift-log"),
            product("ServiceLifecycle", "swift-service-lifecycle"), product("HTTPTypes", "swift-http-types"),
            product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio"), product("NIOHTTP1", "swift-nio"),
            product("NIOHTTPTypes", "swift-nio-extras"), product("NIOSSL", "swift-nio-ssl"),
            product("UnixSignals", "swift-service-lifecycle"),
        ],
        isProgram: true, testsNeed: ["TestRedis", "TestSupport"],
        testsNeedPackages: [product("HummingbirdTesting", "hummingbird")]),
    Module(
        name: "FlagClient", ours: ["FlagAPI", "FlagModel", "Digest"],
        theirs: [
            product("AsyncHTTPClient", "async-http-client"), product("Configuration", "swift-configuration"),
            product("Logging", "swift-log"), product("NIOCore", "swift-nio"), product("NIOHTTP1", "swift-nio"),
            product("NIOPosix", "swift-nio"), product("ServiceLifecycle", "swift-service-lifecycle"),
        ],
        testsNeed: ["TestProxy", "TestSupport"],
        testsNeedPackages: [product("ConfigurationTesting", "swift-configuration")]),
    Module(
        name: "flagctl", ours: ["FlagAPI", "FlagModel"],
        theirs: [
            product("ArgumentParser", "swift-argument-parser"), product("AsyncHTTPClient", "async-http-client"),
            product("NIOCore", "swift-nio"), product("NIOHTTP1", "swift-nio"),
        ],
        isProgram: true, testsNeed: ["TestSupport"], testsNeedPackages: [product("Yams", "Yams")]),
    Module(
        name: "GreetingService", ours: ["FlagClient", "FlagModel"],
        theirs: [
            product("Configuration", "swift-configuration"), product("Logging", "swift-log"),
            product("ServiceLifecycle", "swift-service-lifecycle"), product("UnixSignals", "swift-service-lifecycle"),
        ],
        isProgram: true, isExample: true, documents: ["greetings.yaml"]),
    Module(
        name: "TicketService", ours: ["TicketRuntime", "FlagClient", "FlagAPI", "FlagModel", "RedisClient"],
        theirs: [
            product("Hummingbird", "hummingbird"), product("HTTPTypes", "swift-http-types"),
            product("Configuration", "swift-configuration"), product("Logging", "swift-log"),
            product("NIOCore", "swift-nio"), product("ServiceLifecycle", "swift-service-lifecycle"),
            product("UnixSignals", "swift-service-lifecycle"),
        ],
        isProgram: true, isExample: true),
    Module(
        name: "Demo", ours: ["FlagAPI", "FlagModel", "Digest"],
        theirs: [
            product("AsyncHTTPClient", "async-http-client"), product("NIOCore", "swift-nio"),
            product("NIOHTTP1", "swift-nio"), product("NIOPosix", "swift-nio"),
        ],
        isProgram: true, isExample: true, documents: ["environments", "plan.yaml"]),
]

/// `SIGNALBOX_ONLY=RedisClient,FlagModel` leaves out every target that these do not need, so that a small target builds
/// and tests in seconds without the HTTP server. Unset: everything.
let only = Context.environment["SIGNALBOX_ONLY"].map { Set($0.split(separator: ",").map(String.init)) }
let wanted = modules.filter { only?.contains($0.name) ?? true }

func withDependencies(_ names: Set<String>) -> Set<String> {
    let all = names.union(modules.filter { names.contains($0.name) }.flatMap { $0.ours + $0.testsNeed })
    return all == names ? names : withDependencies(all)
}
let testsPrograms = only?.contains("IntegrationTests") ?? true
/// What the integration tests run, and the client that they use.
let programs = ["FlagServer", "flagctl", "TicketService", "GreetingService", "FlagClient"]
let needed = withDependencies(Set(wanted.map(\.name)).union(testsPrograms ? programs : []))

var targets: [Target] = [
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CHiredis", pkgConfig: "hiredis", providers: [.apt(["libhiredis-dev"])]),
]

if testsPrograms || wanted.contains(where: { !$0.testsNeed.isEmpty }) {
    // What tests of more than one target need: waiting, logs, folders, random numbers.
    targets.append(
        .target(
            name: "TestSupport", dependencies: [product("Logging", "swift-log")], path: "Tests/TestSupport",
            swiftSettings: settings))
}

if testsPrograms || wanted.contains(where: { $0.testsNeed.contains("TestRedis") }) {
    // Starts a real redis-server on a free port for the tests of more than one target.
    targets.append(.target(name: "TestRedis", path: "Tests/TestRedis", swiftSettings: settings))
}

if testsPrograms || wanted.contains(where: { $0.testsNeed.contains("TestProxy") }) {
    // Stands between a real client and a server, and treats what passes as bad networks do.
    targets.append(
        .target(
            name: "TestProxy",
            dependencies: [
                .target(name: "TestSupport"), product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio"),
            ],
            path: "Tests/TestProxy", swiftSettings: settings))
}

for module in modules where needed.contains(module.name) {
    let dependencies = module.ours.map { Target.Dependency.target(name: $0) } + module.theirs
    let path = module.isExample ? "Examples/\(module.name)" : nil
    targets.append(
        module.isProgram
            ? .executableTarget(
                name: module.name, dependencies: dependencies, path: path, exclude: module.documents,
                swiftSettings: settings)
            : .target(name: module.name, dependencies: dependencies, path: path, swiftSettings: settings))
}

for module in wanted where !module.isExample {
    targets.append(
        .testTarget(
            name: module.name + "Tests",
            dependencies: ([module.name] + module.ours + module.testsNeed).map { .target(name: $0) }
                + module.theirs + module.testsNeedPackages,
            swiftSettings: settings))
}

// Real Redis, real processes, real clients: the built programs are run, not linked; FlagClient is both.
if testsPrograms {
    targets.append(
        .testTarget(
            name: "IntegrationTests",
            dependencies: (["FlagAPI", "FlagModel", "Digest", "TestSupport", "TestRedis", "TestProxy"] + programs).map {
                .target(name: $0)
            } + [
                product("AsyncHTTPClient", "async-http-client"), product("NIOCore", "swift-nio"),
                product("NIOHTTP1", "swift-nio"), product("Logging", "swift-log"),
            ],
            swiftSettings: settings))
}

let package = Package(
    name: "signalbox",
    platforms: [.macOS(.v15)],
    products: only == nil
        ? [
            .library(name: "FlagClient", targets: ["FlagClient"]),
            .library(name: "FlagModel", targets: ["FlagModel"]),
            .library(name: "FlagAPI", targets: ["FlagAPI"]),
            .library(name: "TicketRuntime", targets: ["TicketRuntime"]),
            .library(name: "RedisClient", targets: ["RedisClient"]),
            .executable(name: "FlagServer", targets: ["FlagServer"]),
            .executable(name: "flagctl", targets: ["flagctl"]),
        ] : [],
    dependencies: packages,
    targets: targets
)
