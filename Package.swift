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

/// What tests hold against thousands of random estates, bills and texts: optimized in debug builds as well, without which the tests take
/// half as much time again. `BURSAR_PLAIN=1 swift build` leaves that out, for whoever steps through these with a debugger.
let optimized: Set =
    Context.environment["BURSAR_PLAIN"] == nil
    ? [
        "CEL", "Charts", "CostModel", "Diagnostics", "Evaluation", "HCL", "JSON", "Observation", "Patterns", "Scoring", "Secrets",
        "ScorePlays", "TimeSeries", "YAML",
    ]
    : []

func moreSettings(of name: String) -> [SwiftSetting] {
    optimized.contains(name) ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []
}

/// A target of the library, by the ranks of the module page: it may import only what stands above it in this list.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings + moreSettings(of: name))
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
    name: "bursar",
    targets: [
        // C libraries, each with one importer.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        // The built-in price list, as bytes: `.ci/prices` writes them.
        .target(name: "CPrices", exclude: ["prices.bin"]),

        // Rank 0
        module("Diagnostics"),
        module("JSON"),
        module("Patterns"),
        module("Programs", ["CSpawn"]),
        module("Secrets", ["CNettle"]),
        module("Terminal"),

        // Rank 1
        module("CEL", ["Diagnostics", "Patterns", "Secrets"]),
        module("Charts", ["Diagnostics"]),
        module("CostModel", ["Diagnostics", "Patterns"]),
        module("YAML", ["Diagnostics", "CYAML"]),
        module("HCL", ["Diagnostics", "JSON", "Patterns", "Secrets"]),
        module("Git", ["Diagnostics", "Programs", "Secrets", "CGit2"]),
        module("MailClient", ["CCurl"]),
        module("TimeSeries"),
        module("WebClient"),

        // Rank 2
        module("Conditions", ["Patterns", "CostModel", "CEL"]),
        module("Game", ["CostModel"]),

        // Rank 3
        module("PolicyLanguage", ["Diagnostics", "Patterns", "CostModel", "YAML", "CEL", "Conditions"]),
        module(
            "Observation",
            [
                "Diagnostics", "JSON", "Patterns", "Programs", "Secrets", "CostModel", "HCL", "WebClient", "YAML", "CPrices", "CZlib",
                "CZstd",
            ]),
        module("Estimation", ["Patterns", "CostModel"]),
        module("Evaluation", ["Diagnostics", "Patterns", "CostModel", "CEL", "TimeSeries", "Conditions"]),
        module("Scoring", ["CostModel", "Game"]),
        module("Remediation", ["Diagnostics", "CostModel", "HCL"]),
        module("Reporting", ["Charts", "Diagnostics", "JSON", "CostModel", "Game"]),
        module("Store", ["JSON", "CostModel", "CSQLite"]),
        module("Notifications", ["Diagnostics", "JSON", "Programs", "Secrets", "CostModel", "MailClient", "WebClient"]),
        module("Forge", ["Diagnostics", "JSON", "Patterns", "Secrets", "CostModel", "WebClient"]),

        // Rank 4
        module(
            "Reconciliation",
            [
                "Diagnostics", "Patterns", "CostModel", "CEL", "Conditions", "Game", "Git", "PolicyLanguage", "Observation", "Estimation",
                "Evaluation", "Scoring", "Remediation", "Reporting", "Store", "Notifications", "Forge", "WebClient",
            ]),

        module("Pages", ["Charts", "Diagnostics", "JSON", "Secrets", "CostModel", "Game", "Scoring", "Reporting"]),

        // Rank 5
        module(
            "Server",
            [
                "Charts", "Diagnostics", "JSON", "Secrets", "CostModel", "WebClient", "Game", "Scoring", "Reporting", "Pages", "Store",
                "Forge",
                "CMicroHTTPD",
            ]),

        module("Screens", ["CostModel", "Reporting", "Pages", "Terminal"]),

        // Rank 6
        module(
            "Commands",
            [
                "Charts", "Diagnostics", "JSON", "Secrets", "CostModel", "CEL", "Conditions", "Game", "YAML", "Git", "PolicyLanguage",
                "Observation", "Evaluation", "Scoring", "Reporting", "Pages", "Reconciliation", "Store", "Notifications", "Forge",
                "Screens",
                "Server", "Terminal",
                "WebClient",
            ]),
        .executableTarget(name: "bursar", dependencies: ["Commands", "Programs"], swiftSettings: settings),

        // Tests
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "ForgeDouble", dependencies: ["JSON", "Secrets", "CostModel", "WebClient", "Forge", "TestSupport"],
            path: "Tests/ForgeDouble", swiftSettings: settings),
        .target(
            name: "ScorePlays", dependencies: ["Patterns", "CostModel", "Evaluation", "Scoring", "TestSupport"], path: "Tests/ScorePlays",
            swiftSettings: settings + moreSettings(of: "ScorePlays")),
        .testTarget(
            name: "ArchitectureTests",
            dependencies: [
                "CostModel", "Diagnostics", "CEL", "Conditions", "HCL", "PolicyLanguage", "Evaluation", "Remediation", "Reporting",
                "Server", "Commands",
            ],
            swiftSettings: settings),
        tests("Diagnostics"),
        tests("JSON"),
        tests("Patterns"),
        tests("Programs", ["TestSupport"]),
        tests("Secrets", ["TestSupport"]),
        tests("Terminal"),
        tests("CEL", ["Diagnostics", "Patterns", "TestSupport"]),
        tests("Charts", ["TestSupport"]),
        tests("CostModel", ["Patterns"]),
        tests("YAML", ["Diagnostics"]),
        tests("HCL", ["Diagnostics", "JSON", "Patterns", "TestSupport"], exclude: ["Fixtures"]),
        tests("Git", ["TestSupport"]),
        tests("TimeSeries", ["JSON", "TestSupport"]),
        tests("Conditions", ["CostModel", "CEL"]),
        tests("Game", ["CostModel", "TestSupport"]),
        tests("PolicyLanguage", ["Diagnostics", "Patterns", "CostModel"]),
        tests(
            "Observation",
            ["Diagnostics", "JSON", "Patterns", "CostModel", "HCL", "WebClient", "ForgeDouble", "TestSupport"]),
        tests("Estimation", ["Diagnostics", "Patterns", "CostModel", "Observation", "TestSupport"]),
        tests("Evaluation", ["Patterns", "CostModel", "TestSupport"]),
        tests("Scoring", ["Patterns", "CostModel", "Evaluation", "Observation", "ScorePlays", "TestSupport"]),
        tests("Remediation", ["Diagnostics", "Patterns", "CostModel", "Observation", "Evaluation", "TestSupport"]),
        tests("Reporting", ["Diagnostics", "JSON", "CostModel", "TestSupport"]),
        tests("Store", ["JSON", "CostModel", "TestSupport"], exclude: ["Fixtures"]),
        tests("Notifications", ["Diagnostics", "JSON", "CostModel", "MailClient", "WebClient", "TestSupport"]),
        tests("MailClient"),
        tests("Forge", ["JSON", "Secrets", "CostModel", "WebClient", "ForgeDouble", "TestSupport"]),
        tests(
            "Reconciliation",
            [
                "Diagnostics", "JSON", "CostModel", "WebClient", "Notifications", "Observation", "Evaluation", "Remediation", "Store",
                "Forge",
                "ForgeDouble",
                "TestSupport",
            ]),
        tests("Pages", ["Charts", "CostModel", "Game", "Reporting", "Screens", "Terminal", "TestSupport"]),
        tests("Server", ["Charts", "JSON", "Secrets", "CostModel", "Forge", "Game", "Reporting", "Pages", "Store", "TestSupport"]),
        .testTarget(
            name: "LibraryTests",
            dependencies: [
                "Diagnostics", "CostModel", "CEL", "Conditions", "Git", "PolicyLanguage", "Observation", "Evaluation", "Reconciliation",
            ],
            swiftSettings: settings),
        tests(
            "Commands",
            [
                "Diagnostics", "JSON", "CostModel", "YAML", "PolicyLanguage", "Reporting", "Reconciliation", "Server", "Store", "Forge",
                "ForgeDouble", "TestSupport",
            ],
            exclude: ["Fixtures"]),

        // What is measured rather than tested.
        .executableTarget(
            name: "bursar-campaigns",
            dependencies: [
                "Diagnostics", "CostModel", "Git", "Store", "Forge", "ForgeDouble", "Reconciliation", "ScorePlays", "TestSupport",
                "WebClient",
            ],
            path: "Tests/Campaigns",
            swiftSettings: settings),
        .executableTarget(
            name: "bursar-benchmarks",
            dependencies: [
                "Diagnostics", "CEL", "HCL", "TimeSeries", "Conditions", "CostModel", "Patterns", "Evaluation", "Observation",
                "Reconciliation", "TestSupport",
            ],
            path: "Tests/Benchmarks",
            swiftSettings: settings),
    ]
)
