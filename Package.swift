// swift-tools-version: 6.2
import PackageDescription

let sdk: Target.Dependency = .product(name: "PatchbaySDK", package: "SDK")
let testing: Target.Dependency = .product(name: "PatchbayTesting", package: "SDK")

/// A plugin is a dynamic library that sees the SDK and Foundation only.
let plugins = ["SMS", "Chat", "Kannel", "Simulator"]

let package = Package(
    name: "Patchbay",
    products: [.executable(name: "patchbay", targets: ["patchbay"])]
        + plugins.map { .library(name: $0, type: .dynamic, targets: [$0]) },
    dependencies: [
        .package(path: "Sources/SDK"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "PatchbayHost",
            dependencies: [
                sdk,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "PatchbayHTTP",
            dependencies: [
                "PatchbayHost",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "patchbay",
            dependencies: [
                "PatchbayHost", "PatchbayHTTP",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ]
        ),
    ] + plugins.map { .target(name: $0, dependencies: [sdk], path: "Plugins/\($0)/Sources") },
    swiftLanguageModes: [.v6]
)
