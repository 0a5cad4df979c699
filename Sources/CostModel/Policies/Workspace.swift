/// `bursar.yaml`: where the policies are and what the world is observed through.
package struct Workspace: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var currency: Currency
    /// Files or folders in Git that hold policies.
    package var policyPaths: [String]
    package var cost: [CostSource]
    /// `observe.cost: none`: there is no bill, and that is no mistake. What needs one is unknown.
    package var hasNoBill = false
    package var inventory: [InventorySource]
    package var utilization: [UtilizationSource]
    /// What turns charges in other currencies into the workspace's.
    package var rates: [RateSource] = []
    /// What the cloud itself says is there.
    package var cloud: [CloudSource] = []
    /// What providers advise.
    package var recommendations: [AdviceSource] = []
    /// What shows who sends how many bytes to whom.
    package var logs: [LogSource] = []
    /// A CSV of instance types that replaces the built-in catalogue's entries of the same names; outside Git allowed.
    package var instanceCatalog: String?
    /// Lists of prices that go before the built-in one, CSV in its form; outside Git allowed.
    package var prices: [String] = []
    /// Files of expected usage, in the format of `infracost-usage.yml`; of several the later ones win. Outside Git allowed.
    package var usage: [String] = []
    package var remediation: RemediationSettings
    package var scoring: ScoringSettings

    package init(
        name: String, place: Place, currency: Currency, policyPaths: [String], cost: [CostSource] = [], inventory: [InventorySource] = [],
        utilization: [UtilizationSource] = [], instanceCatalog: String? = nil, remediation: RemediationSettings = .init(),
        scoring: ScoringSettings
    ) {
        self.name = name
        self.place = place
        self.currency = currency
        self.policyPaths = policyPaths
        self.cost = cost
        self.inventory = inventory
        self.utilization = utilization
        self.instanceCatalog = instanceCatalog
        self.remediation = remediation
        self.scoring = scoring
    }
}

/// A bill.
package struct CostSource: Hashable, Sendable {
    package enum Delivery: String, Hashable, Sendable, CaseIterable {
        /// Files are parts of one bill.
        case parts
        /// Later files restate earlier months: per billing period the file whose name sorts last counts.
        case snapshot
    }

    package var name: String
    package var place: Place
    package var format: BillFormatName
    /// Globs; relative ones from the workspace.
    package var paths: [String]
    /// Counted from the newest charge day; nil: never too old.
    package var maxAge: TimeSpan?
    package var delivery: Delivery
    /// How long after its end rows of a day keep arriving; nil: the bill itself shows it.
    package var settles: TimeSpan?
    /// Where the bill lies in a query engine; nil: in the files of `paths`.
    package var table: BillTable?
    /// The name of an operator's command that prints it; nil: it lies in files, or in a table.
    package var command: String?
    /// How many billing months a command is asked for, the present one included.
    package var months = Self.standardMonths
    package var rates = Rates.observed

    /// A year, and the same month of the year before.
    package static let standardMonths = 13

    /// What turns charges in other currencies into the workspace's.
    package enum Rates: String, Hashable, Sendable, CaseIterable {
        /// The workspace's rates, of the day of the charge.
        case observed
        /// The rate that each row states.
        case bill
    }

    package init(
        name: String, place: Place, format: BillFormatName = .focus, paths: [String], maxAge: TimeSpan? = .hours(72),
        delivery: Delivery = .parts, settles: TimeSpan? = nil, table: BillTable? = nil
    ) {
        self.name = name
        self.place = place
        self.format = format
        self.paths = paths
        self.maxAge = maxAge
        self.delivery = delivery
        self.settles = settles
        self.table = table
    }
}

/// Infrastructure code, and the state files that say what of it is deployed.
package struct InventorySource: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var format: InventoryFormat
    /// The folder in Git.
    package var path: String
    /// Globs; `{root}` stands for the folder of a root, such as Terraform's root modules.
    package var state: [String]
    /// What is said of single roots.
    package var roots: [InventoryRoot]
    /// Counted from when a state file was written last; nil: never too old.
    package var maxAge: TimeSpan?

    package init(
        name: String, place: Place, format: InventoryFormat, path: String, state: [String] = [], roots: [InventoryRoot] = [],
        maxAge: TimeSpan? = nil
    ) {
        self.name = name
        self.place = place
        self.format = format
        self.path = path
        self.state = state
        self.roots = roots
        self.maxAge = maxAge
    }

    /// Whether a path is the source's folder or lies in it.
    package func holds(_ other: String) -> Bool { path.isEmpty || path == "." || other == path || other.hasPrefix(path + "/") }
}

/// How one root of an inventory is applied, where its folder alone does not say it.
package struct InventoryRoot: Hashable, Sendable {
    /// Its folder in Git.
    package var path: String
    /// Variable files in Git that it is applied with, in their order: later ones win.
    package var varFiles: [String]
    /// nil: not said.
    package var workspace: String?

    package init(path: String, varFiles: [String] = [], workspace: String? = nil) {
        self.path = path
        self.varFiles = varFiles
        self.workspace = workspace
    }
}

/// Utilisation samples, in files or of a server.
package struct UtilizationSource: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var format: UtilizationFormat
    /// None where a server is asked.
    package var paths: [String]
    /// Counted from the newest sample; nil: never too old.
    package var maxAge: TimeSpan?

    package init(name: String, place: Place, format: UtilizationFormat = .csv, paths: [String], maxAge: TimeSpan? = nil) {
        self.name = name
        self.place = place
        self.format = format
        self.paths = paths
        self.maxAge = maxAge
    }
}

/// Logs of traffic, in files.
package struct LogSource: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var format: LogFormat
    /// Globs; relative ones from the workspace.
    package var paths: [String]

    package init(name: String, place: Place, format: LogFormat, paths: [String]) {
        self.name = name
        self.place = place
        self.format = format
        self.paths = paths
    }
}

/// Dated exchange rates.
package struct RateSource: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var format: RateFormat
    package var paths: [String]

    package init(name: String, place: Place, format: RateFormat, paths: [String]) {
        self.name = name
        self.place = place
        self.format = format
        self.paths = paths
    }
}

package struct RemediationSettings: Hashable, Sendable {
    package var branchPrefix: String
    package var maxChangesPerPlan: Int
    /// `Name <mail>`, the author of commits; nil: Git's configuration.
    package var author: Author?
    package var requests: RequestSettings

    package struct Author: Hashable, Sendable {
        package var name: String
        package var email: String

        package init(name: String, email: String) {
            self.name = name
            self.email = email
        }
    }

    package init(
        branchPrefix: String = "bursar/", maxChangesPerPlan: Int = 50, author: Author? = nil, requests: RequestSettings = RequestSettings()
    ) {
        self.branchPrefix = branchPrefix
        self.maxChangesPerPlan = maxChangesPerPlan
        self.author = author
        self.requests = requests
    }
}

package struct ScoringSettings: Hashable, Sendable {
    /// Dollars of 28 days below which a team's findings weigh little; scoring's K.
    package var materiality: Money
    /// Times in which streaks stand still, each with its last day.
    package var freeze: [ClosedRange<Day>]
    /// Where the loop commits pictures of the scores; nil: nowhere.
    package var badges: BadgeSettings?

    package init(materiality: Money, freeze: [ClosedRange<Day>] = [], badges: BadgeSettings? = nil) {
        self.materiality = materiality
        self.freeze = freeze
        self.badges = badges
    }
}

/// Badges and cards of teams, on a branch that holds nothing else.
package struct BadgeSettings: Hashable, Sendable {
    package var branch: String
    /// Whether amounts of money are shown; without it pictures say percentages only, because everybody may read them.
    package var showsAmounts: Bool

    package init(branch: String, showsAmounts: Bool = false) {
        self.branch = branch
        self.showsAmounts = showsAmounts
    }
}
