// swift-tools-version: 6.2
import PackageDescription

let sdk: Target.Dependency = .product(name: "PatchbaySDK", package: "SDK")
let testing: Target.Dependency = .product(name: "PatchbayTesting", package: "PatchbayTesting")

/// A plugin is a dynamic library that sees the SDK and Foundation only.
let plugins = ["SMS", "Chat", "VideoInvite", "UsageStats", "Kannel", "Asterisk", "Simulator", "EmailDigest", "Hello"]

/// Those with tests of their own, in `Plugins/…/Tests`.
let testedPlugins = plugins

/// Hello is the template of `patchbay plugin new`.
func folder(of plugin: String) -> String { "Plugins/\(plugin == "Hello" ? "Template" : plugin)" }

/// Plugins of the tests, good and bad.
let fixtures = ["GoodPlugin", "ThrowingPlugin", "WrongIDPlugin", "StampOnlyPlugin", "WrongStampPlugin", "FakePBX"]

let package = Package(
    name: "Patchbay",
    products: [.executable(name: "patchbay", targets: ["patchbay"])]
        + (plugins + fixtures).map { .library(name: $0, type: .dynamic, targets: [$0]) },
    dependencies: [
        .package(path: "Sources/SDK"),
        .package(path: "Sources/SDK/PatchbayTesting"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "PatchbayHost",
            dependencies: [
                sdk, "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [
                .embedInCode("Manifest/Schemas/manifest.schema.json"),
                .embedInCode("Manifest/Schemas/plugin.schema.json"),
            ]
        ),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "PatchbayHTTP",
            dependencies: [
                "PatchbayHost", "CZlib",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Web"), .copy("API/OpenAPI")]
        ),
        .executableTarget(
            name: "patchbay",
            dependencies: [
                "PatchbayHost", "PatchbayHTTP",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "PatchbayHostTests",
            dependencies: [
                "PatchbayHost", "FakePBX", sdk, testing, .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "PatchbayHTTPTests",
            dependencies: [
                "PatchbayHTTP", sdk, .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(name: "PatchbaySDKTests", dependencies: [sdk, testing]),
    ] + plugins.map { .target(name: $0, dependencies: [sdk], path: "\(folder(of: $0))/Sources") }
        + testedPlugins.map {
            .testTarget(
                name: "\($0)Tests", dependencies: [.target(name: $0), sdk, testing], path: "\(folder(of: $0))/Tests")
        }
        + fixtures.map { .target(name: $0, dependencies: [sdk], path: "Tests/Fixtures/Plugins/\($0)") },
    swiftLanguageModes: [.v6]
)
