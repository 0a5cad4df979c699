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

func fixtures(_ name: String) -> [String] { ["HCL"].contains(name) ? ["Fixtures"] : [] }

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    // Fixtures are read from the source folder, not bundled.
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: fixtures(name), swiftSettings: settings)
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude, swiftSettings: settings)
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
        module("Patterns"),

        // Rank 1
        module("CostModel", ["Patterns"]),
        module("YAML", ["Diagnostics", "CYAML"]),
        module("HCL", ["Diagnostics", "Patterns"]),
        module("Git", ["CGit2"]),

        // Rank 2
        module("Remediation", ["Diagnostics", "CostModel", "HCL"]),
        module("PolicyLanguage", ["Diagnostics", "Patterns", "CostModel", "YAML"]),
        module("Reporting", ["Diagnostics", "CostModel"]),

        // Rank 5
        module("Commands", ["Diagnostics", "CostModel", "Reporting"]),
        .executableTarget(name: "bursar", dependencies: ["Commands"], swiftSettings: settings),

        // Rank 2
        module("Evaluation", ["CostModel", "Patterns"]),

        // Rank 2
        module("Observation", ["Diagnostics", "CostModel", "HCL"]),

        // Tests
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        tests("Diagnostics"),
        tests("Patterns"),
        tests("CostModel", ["Patterns"]),
        tests("YAML", ["Diagnostics"]),
        tests("HCL", ["Diagnostics"]),
        tests("Git", ["TestSupport"]),
        tests("Remediation", ["Diagnostics", "CostModel"]),
        tests("PolicyLanguage", ["Diagnostics", "Patterns", "CostModel"]),
        tests("Reporting", ["Diagnostics", "CostModel"]),
        tests("Commands", ["Diagnostics", "CostModel", "Reporting"]),
        tests("Evaluation", ["CostModel", "Patterns"]),
        tests("HCL", ["Diagnostics"], exclude: ["Fixtures"]),
        tests("Observation", ["Diagnostics", "CostModel"]),
    ]
)
