import CostModel
import Diagnostics
import YAML

/// `observe`: what the world looks like.
enum ObserveObject: NestedObject {
    struct Value: Sendable {
        var cost: [CostSource] = []
        var hasNoBill = false
        var inventory: [InventorySource] = []
        var utilization: [UtilizationSource] = []
        var rates: [RateSource] = []
        var cloud: [CloudSource] = []
        var recommendations: [AdviceSource] = []
        var logs: [LogSource] = []
        var instanceCatalog: String?
        var prices: [String] = []
        var usage: [String] = []
    }

    static let doc = "What the world looks like. Paths may lie outside Git and be patterns."
    static let cost = Field(
        "cost", .billSources, "The bills; 'none' where there is none: then budgets, scores and whatever else needs a bill are unknown.")
    static let inventory = Field(
        "inventory", .list(of: .object(InventorySourceObject.self)), "The code, and the state that joins it to the world.")
    static let utilization = Field("utilization", .list(of: .object(UtilizationSourceObject.self)), "Samples of how busy resources are.")
    static let rates = Field(
        "rates", .list(of: .object(RateSourceObject.self)), "Dated exchange rates, for charges in other currencies than the workspace's.")
    static let cloud = Field(
        "cloud", .list(of: .object(CloudSourceObject.self)), "What the cloud itself says is there, to find what drifted from the code.")
    static let recommendations = Field(
        "recommendations", .list(of: .object(AdviceSourceObject.self)),
        "What providers advise, beside what policies on sizes find: see 'advice' of a RightsizingPolicy.")
    static let logs = Field(
        "logs", .list(of: .object(LogSourceObject.self)),
        "Logs of traffic, which say whose bytes cost what: see EgressPolicy and 'bursar egress'.")
    static let instanceCatalog = Field(
        "instanceCatalog", .observedPath(), "A CSV of instance types in place of the built-in catalogue's entries of the same names.")
    static let prices = Field(
        "prices", .list(of: .observedPath()), "Lists of prices, CSV in the form of the built-in one; theirs go before its prices.")
    static let usage = Field(
        "usage", .list(of: .observedPath()),
        "What resources are expected to use, in the format of infracost-usage.yml; of several files the later ones win.")
    static let fields = [
        cost.description, inventory.description, utilization.description, rates.description, cloud.description,
        recommendations.description, logs.description, instanceCatalog.description, prices.description, usage.description,
    ]

    static func build(_ record: Record) -> Value? {
        let bill = record.value(of: cost)
        let cost = bill?.sources ?? []
        let inventory = record.value(of: inventory) ?? []
        let utilization = record.value(of: utilization) ?? []
        let rates = record.value(of: rates) ?? []
        let cloud = record.value(of: cloud) ?? []
        let recommendations = record.value(of: recommendations) ?? []
        let logs = record.value(of: logs) ?? []
        let names = [
            cost.map(\.name), inventory.map(\.name), utilization.map(\.name), rates.map(\.name), cloud.map(\.name),
            recommendations.map(\.name), logs.map(\.name),
        ]
        for names in names { checkUnique(names, record) }
        return Value(
            cost: cost.map(\.source), hasNoBill: bill?.isNone ?? false, inventory: inventory.map(\.source),
            utilization: utilization.map(\.source), rates: rates.map(\.source), cloud: cloud.map(\.source),
            recommendations: recommendations.map(\.source), logs: logs.map(\.source), instanceCatalog: record.value(of: instanceCatalog),
            prices: record.value(of: prices) ?? [],
            usage: record.value(of: usage) ?? [])
    }

    private static func checkUnique(_ names: [Located<String>], _ record: Record) {
        var places: [String: SourceRange] = [:]
        for name in names {
            if let first = places[name.value] {
                record.report(
                    "duplicate-name", "source '\(name.value)' is named twice", at: name.range, notes: [.init("first named here", at: first)]
                )
            } else {
                places[name.value] = name.range
            }
        }
    }
}

/// What stands behind `cost`.
enum BillSources {
    case none
    case named([NamedSource<CostSource>])

    var isNone: Bool { if case .none = self { true } else { false } }
    var sources: [NamedSource<CostSource>] { if case .named(let sources) = self { sources } else { [] } }
}

extension Shape where Value == BillSources {
    /// A list of bills, or `none`: only who says so has no bill. Who forgets the key has one that nobody finds.
    static var billSources: Shape {
        let list = Shape<[NamedSource<CostSource>]>.list(of: .object(CostSourceObject.self))
        return Shape(.either([list.description, .choice(["none"])])) { node, site in
            if node.scalar?.text == "none" { return BillSources.none }
            return list.read(node, site).map { .named($0) }
        }
    }
}

/// A source and the place of its name.
struct NamedSource<Source> {
    var name: Located<String>
    var source: Source
}

/// One entry of `inventory`.
enum InventorySourceObject: NestedObject {
    static let doc = "Terraform code, and the state files that join it to the world."
    static let name = Field("name", .text, .required, "What the source is called.")
    static let format = Field(
        "format", .format(InventoryFormat.self, later: ["kubernetes", "cloudformation"]), .required, "What the code is written in.")
    static let path = Field("path", .treePath, .required, "The folder in Git.")
    static let state = Field(
        "state", .list(of: .observedPath(placeholders: ["root"])), "The state files; {root} stands for the root module's folder.")
    static let roots = Field("roots", .list(of: .object(InventoryRootObject.self)), "How single root modules are applied.")
    static let maxAge = Field(
        "maxAge", .timeSpanOrNone, default: "none", "How long ago a state file may have been written; 'none' for any time.")
    static let fields = [
        name.description, format.description, path.description, state.description, roots.description, maxAge.description,
    ]

    static func build(_ record: Record) -> NamedSource<InventorySource>? {
        let name = record.located(name)
        let format = record.value(of: format)
        let path = record.value(of: path)
        let state = record.value(of: state) ?? []
        let roots = record.value(of: roots) ?? []
        let maxAge = record.value(of: maxAge)
        guard let name, let format, let path, let maxAge else { return nil }
        return NamedSource(
            name: name,
            source: InventorySource(
                name: name.value, place: Place(record.node.range), format: format, path: path, state: state, roots: roots,
                maxAge: maxAge))
    }
}

/// One entry of `roots`.
enum InventoryRootObject: NestedObject {
    static let doc = "How a root module is applied, where its folder does not say it."
    static let path = Field("path", .treePath, .required, "The root module's folder in Git.")
    static let varFiles = Field("varFiles", .list(of: .treePath), "Variable files in Git that it is applied with; later ones win.")
    static let workspace = Field("workspace", .text, "The workspace of Terraform that it is applied in.")
    static let fields = [path.description, varFiles.description, workspace.description]

    static func build(_ record: Record) -> InventoryRoot? {
        guard let path = record.value(of: path) else { return nil }
        return InventoryRoot(path: path, varFiles: record.value(of: varFiles) ?? [], workspace: record.value(of: workspace))
    }
}

/// One entry of `utilization`.
enum UtilizationSourceObject: NestedObject {
    static let doc = "Samples of how busy resources are."
    static let name = Field("name", .text, .required, "What the source is called.")
    static let format = Field(
        "format", .format(UtilizationFormat.self), .required,
        "How the files are written; 'prometheus' for a server of the operator's ('--clients'), which has no 'paths'.")
    static let paths = Field("paths", .list(of: .observedPath()), "Where the files are.")
    static let maxAge = Field("maxAge", .timeSpanOrNone, default: "none", "How old the newest sample may be; 'none' for any age.")
    static let fields = [name.description, format.description, paths.description, maxAge.description]

    static func build(_ record: Record) -> NamedSource<UtilizationSource>? {
        let name = record.located(name)
        let format = record.value(of: format)
        let maxAge = record.value(of: maxAge)
        guard let format, let paths = paths(record, format), let name, let maxAge else { return nil }
        let source = UtilizationSource(
            name: name.value, place: Place(record.node.range), format: format, paths: paths, maxAge: maxAge)
        return NamedSource(name: name, source: source)
    }

    private static func paths(_ record: Record, _ format: UtilizationFormat) -> [String]? {
        if format.isAsked {
            guard let node = record.node[paths.key] else { return [] }
            record.report(
                "wrong-value", "'paths' is of samples in files: a server of the operator's is asked for '\(format.rawValue)'",
                at: node.range)
            return nil
        }
        guard record.has(paths) else {
            if record.hasKnownKeysOnly {
                record.report(
                    "missing-key", "missing 'paths' in \(record.context.subject); it must be a list", at: record.node.range)
            }
            return nil
        }
        return record.value(of: paths)
    }
}

/// One entry of `rates`.
enum RateSourceObject: NestedObject {
    static let doc = "Dated exchange rates."
    static let name = Field("name", .text, .required, "What the source is called.")
    static let format = Field("format", .format(RateFormat.self), .required, "How the files are written.")
    static let paths = Field("paths", .list(of: .observedPath()), .required, "Where the files are.")
    static let fields = [name.description, format.description, paths.description]

    static func build(_ record: Record) -> NamedSource<RateSource>? {
        let name = record.located(name)
        let format = record.value(of: format)
        let paths = record.value(of: paths)
        guard let name, let format, let paths else { return nil }
        return NamedSource(
            name: name, source: RateSource(name: name.value, place: Place(record.node.range), format: format, paths: paths))
    }
}

/// One entry of `logs`.
enum LogSourceObject: NestedObject {
    static let doc = "Logs of traffic."
    static let name = Field("name", .text, .required, "What the source is called.")
    static let format = Field("format", .format(LogFormat.self), .required, "How the files are written.")
    static let paths = Field("paths", .list(of: .observedPath()), .required, "Where the files are, packed by gzip or zstd or not.")
    static let fields = [name.description, format.description, paths.description]

    static func build(_ record: Record) -> NamedSource<LogSource>? {
        let name = record.located(name)
        let format = record.value(of: format)
        let paths = record.value(of: paths)
        guard let name, let format, let paths else { return nil }
        return NamedSource(name: name, source: LogSource(name: name.value, place: Place(record.node.range), format: format, paths: paths))
    }
}
