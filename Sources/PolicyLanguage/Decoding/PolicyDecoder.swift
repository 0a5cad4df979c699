import CostModel
import Diagnostics

/// What one run of the loader gathers while it walks through the files.
///
/// A class because readers deep in the tree add to it; it lives in one call of `PolicyLoader` and never leaves it.
final class PolicyDecoder {
    /// More problems than this are not listed: nobody reads them, and a hostile file could ask for millions.
    private static let mostProblems = 500

    let now: Instant
    /// Known as soon as the workspace has been read; amounts must be in it.
    var currency: Currency?
    /// The workspace's, by which budgets count that name no other.
    var calendar = FiscalCalendar.gregorian
    private(set) var diagnostics: [Diagnostic] = []
    private var hiddenProblems = 0
    /// How many more names may be compared for suggestions: thousands of wrong names among thousands of right ones would take minutes.
    private var comparisonsLeft = 20_000
    /// What has been reported, by place: a value that an alias repeats is wrong once, however often it is read.
    private var reported: Set<String> = []

    /// Every object that says its kind and name, also those that are wrong otherwise.
    var envelopes: [Envelope] = []
    /// Policies without errors.
    var policies: [any PolicyBody] = []
    /// Other objects without errors.
    var objects: [SupportingObject] = []
    /// Names that are meant to exist.
    var references: [Reference] = []
    /// What teams say is theirs.
    var claims: [ClaimSite] = []
    /// Exemptions, and whether they have a cap.
    var caps: [CapSite] = []
    /// Where a policy says that nobody may be exempt from it.
    var notExemptible: [PolicyReference: SourceRange] = [:]

    init(now: Instant) {
        self.now = now
    }

    func report(_ diagnostic: Diagnostic) {
        let range = diagnostic.range
        guard diagnostics.count < Self.mostProblems else {
            hiddenProblems += 1
            return
        }
        let identity = "\(range?.file.path ?? ""):\(range?.bytes.lowerBound ?? 0):\(diagnostic.id):\(diagnostic.message)"
        guard reported.insert(identity).inserted else { return }
        diagnostics.append(diagnostic)
    }

    /// The name that was probably meant; nil also when too much has been compared already.
    func nearest(to name: String, in names: Set<String>) -> String? {
        guard names.count <= comparisonsLeft else { return nil }
        comparisonsLeft -= names.count
        return DidYouMean.nearest(to: name, in: names)
    }

    /// Every problem, in the order of files and places.
    var sortedDiagnostics: [Diagnostic] {
        var sorted = diagnostics.sorted(by: Diagnostic.precedes)
        if hiddenProblems > 0 {
            let problems = hiddenProblems == 1 ? "problem is" : "problems are"
            sorted.append(Diagnostic(.error, id: "limit", "\(hiddenProblems) more \(problems) not listed"))
        }
        return sorted
    }
}

/// Something that names something else.
struct Reference {
    enum Target: Hashable {
        case team
        /// The parent of the team of this name.
        case parent(of: String)
        /// A policy that an exemption covers.
        case policy
        case metric
        case scenario
        /// By its kind too; one that is gone is no mistake.
        case baselined(PolicyReference)
        /// A policy that a test is about.
        case testedPolicy
        /// A policy that a campaign is about.
        case campaignedPolicy
    }

    var target: Target
    var name: Located<String>

    init(to target: Target, name: Located<String>) {
        self.target = target
        self.name = name
    }
}

/// One claim of a team, comparable with other teams'.
struct ClaimSite {
    enum Key: Hashable {
        case tags([String: String])
        case path(String)
        case account(String)
    }

    var key: Key
    var team: String
    var range: SourceRange
}

/// An object that makes no findings itself, read without errors.
enum SupportingObject {
    case workspace(Workspace)
    case team(Team)
    case allocation(Allocation)
    case metric(UnitMetric)
    case tagRule(TagRule)
    case exemption(Exemption)
    case baseline(Baseline)
    case notification(NotificationPolicy)
    case scenario(Scenario)
    case campaign(Campaign)
    case test(PolicyTest)
}
