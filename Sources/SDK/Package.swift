// swift-tools-version: 6.2
import PackageDescription

// The SDK is a package of its own, with one dynamic product: host and plugins must share one copy of it,
// or casts and typed errors stop working across the border (see Decisions/0001). What plugins' tests use is the
// package in PatchbayTesting/.
let package = Package(
    name: "PatchbaySDK",
    products: [.library(name: "PatchbaySDK", type: .dynamic, targets: ["PatchbaySDK"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0")
    ],
    targets: [
        .target(name: "CPatchbayABI", path: "CPatchbayABI"),
        .target(
            name: "CPhoneNumber",
            path: "CPhoneNumber",
            linkerSettings: [.linkedLibrary("phonenumber"), .linkedLibrary("stdc++")]
        ),
        .target(
            name: "PatchbaySDK",
            dependencies: [
                "CPatchbayABI", "CPhoneNumber",
                .product(name: "GRDB-dynamic", package: "GRDB.swift"),
            ],
            path: "PatchbaySDK"
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
