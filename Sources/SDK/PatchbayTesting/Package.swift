// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because it must depend on the SDK's dynamic product. A target of the SDK's package could only
// depend on the SDK's target, and every test binary would then hold a second copy of the SDK (see Decisions/0001).
let package = Package(
    name: "PatchbayTesting",
    products: [.library(name: "PatchbayTesting", targets: ["PatchbayTesting"])],
    dependencies: [
        .package(name: "SDK", path: ".."),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .target(
            name: "PatchbayTesting",
            dependencies: [
                .product(name: "PatchbaySDK", package: "SDK"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Sources"
        )
    ],
    swiftLanguageModes: [.v6]
)
