// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is built the same way: Swift 6 mode, imports internal by default, warnings are errors.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// A target of the library, by the ranks of the module page: it may import only what stands above it in this list.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: settings)
}

let package = Package(
    name: "bursar",
    targets: [
        // C libraries, each with one importer.
        .systemLibrary(name: "CGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // Rank 0
        module("Diagnostics"),

        // Rank 1
        module("Patterns"),
        module("CostModel", ["Patterns"]),
        module("YAML", ["Diagnostics", "CYAML"]),
        module("HCL", ["Diagnostics"]),

        // Rank 2
        module("Observation", ["CostModel", "Patterns", "CZlib"]),

        // Tests
        tests("Diagnostics"),
        tests("Patterns"),
        tests("CostModel", ["Patterns"]),
        tests("YAML", ["Diagnostics"]),
        tests("HCL", ["Diagnostics"]),
        tests("Observation", ["CostModel"]),
        .executableTarget(
            name: "bursar-benchmarks", dependencies: ["CostModel", "Observation"], path: "Tests/Benchmarks", swiftSettings: settings),
    ]
)
