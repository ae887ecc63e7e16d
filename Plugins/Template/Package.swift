// swift-tools-version: 6.2
import PackageDescription

let sdk: Target.Dependency = .product(name: "PatchbaySDK", package: "SDK")

let package = Package(
    name: "Hello",
    // The host loads the dynamic library; libHello.so goes beside plugin.json.
    products: [.library(name: "Hello", type: .dynamic, targets: ["Hello"])],
    dependencies: [
        .package(name: "SDK", path: "../../Sources/SDK"),
        .package(name: "PatchbayTesting", path: "../../Sources/SDK/PatchbayTesting"),
    ],
    targets: [
        // Always the SDK's product: it is a dynamic library too, the very one that the host has loaded.
        .target(name: "Hello", dependencies: [sdk], path: "Sources"),
        .testTarget(
            name: "HelloTests",
            dependencies: ["Hello", sdk, .product(name: "PatchbayTesting", package: "PatchbayTesting")],
            path: "Tests"
        ),
    ],
    swiftLanguageModes: [.v6]
)
