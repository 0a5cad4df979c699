package import Patterns

/// A unit test of policies: a small world, and what judging it must find.
package struct PolicyTest: Hashable, Sendable {
    package var name: String
    package var place: Place
    /// The time as of which the world is judged.
    package var now: Instant
    /// Names of the policies that take part; empty: all.
    package var policies: [String]
    package var given: Given
    /// Nil: it is about a scenario alone.
    package var expected: [Expectation]?
    package var scenario: ScenarioExpectation?
    /// The bytes of the value behind `expect`, which `bursar test --update` writes anew; nil where it is not written.
    package var expectedSpan: FileSpan?
    /// The patch that a plan would offer, without its `index` lines.
    package var patch: String?

    /// The world.
    package struct Given: Hashable, Sendable {
        /// Terraform as text.
        package var terraform: String?
        /// A folder of Terraform, relative to the test's file.
        package var folder: String?
        package var resources: [Resource]
        /// Which resources a state knows, besides those with cost or utilisation.
        package var deployed: [Glob]
        package var cost: [Charge]
        package var utilization: [Usage]
        package var metrics: [Count]

        package init(
            terraform: String? = nil, folder: String? = nil, resources: [Resource] = [], deployed: [Glob] = [], cost: [Charge] = [],
            utilization: [Usage] = [], metrics: [Count] = []
        ) {
            self.terraform = terraform
            self.folder = folder
            self.resources = resources
            self.deployed = deployed
            self.cost = cost
            self.utilization = utilization
            self.metrics = metrics
        }
    }

    /// A resource without its code.
    package struct Resource: Hashable, Sendable {
        /// `aws_instance.web`
        package var address: String
        package var attributes: [String: ResourceAttribute.Value]

        package init(address: String, attributes: [String: ResourceAttribute.Value]) {
            self.address = address
            self.attributes = attributes
        }
    }

    /// Charges of the closed days before now, the same every day.
    package struct Charge: Hashable, Sendable {
        /// The resource's address; nil: none.
        package var resource: String?
        package var service: String
        package var account: String
        package var region: String
        package var tags: [String: String]
        package var daily: Money
        package var days: Int

        package init(
            resource: String?, service: String, account: String, region: String, tags: [String: String], daily: Money, days: Int
        ) {
            self.resource = resource
            self.service = service
            self.account = account
            self.region = region
            self.tags = tags
            self.daily = daily
            self.days = days
        }
    }

    /// Samples spread evenly over a time before now.
    package struct Usage: Hashable, Sendable {
        package var resource: String
        package var metric: Metric
        /// Repeated in turn.
        package var values: [Double]
        package var samples: Int
        package var span: TimeSpan

        package init(resource: String, metric: Metric, values: [Double], samples: Int, span: TimeSpan) {
            self.resource = resource
            self.metric = metric
            self.values = values
            self.samples = samples
            self.span = span
        }
    }

    /// What was counted of a metric on each of the days before now.
    package struct Count: Hashable, Sendable {
        package var metric: String
        /// Empty: it has no keys.
        package var key: String
        /// Repeated in turn, the last for yesterday.
        package var values: [FixedDecimal]
        package var days: Int

        package init(metric: String, key: String, values: [FixedDecimal], days: Int) {
            self.metric = metric
            self.key = key
            self.values = values
            self.days = days
        }
    }

    /// What a scenario must come to, as far as it is stated; what the scenario itself expects must hold, too.
    package struct ScenarioExpectation: Hashable, Sendable {
        package var name: String
        package var monthlyBefore: Money?
        package var monthlyAfter: Money?
        /// What the fullest machine has left afterwards, in percent, to one digit behind the point.
        package var headroom: FixedDecimal?
        /// These, and no others; nil: nothing is expected.
        package var brokenObjectives: [ObjectiveName]?
        package var place: Place

        package init(
            name: String, monthlyBefore: Money? = nil, monthlyAfter: Money? = nil, headroom: FixedDecimal? = nil,
            brokenObjectives: [ObjectiveName]? = nil, place: Place
        ) {
            self.name = name
            self.monthlyBefore = monthlyBefore
            self.monthlyAfter = monthlyAfter
            self.headroom = headroom
            self.brokenObjectives = brokenObjectives
            self.place = place
        }
    }

    /// A finding that must be there, as far as it is described.
    package struct Expectation: Hashable, Sendable {
        package var policy: String
        package var resource: String?
        package var subject: String?
        package var verdict: Verdict
        package var rule: String?
        package var severity: Severity?
        package var message: String?
        package var team: String?
        package var proposal: [String: String]?
        package var monthlySavings: Money?
        package var place: Place

        package init(
            policy: String, resource: String? = nil, subject: String? = nil, verdict: Verdict = .fail, rule: String? = nil,
            severity: Severity? = nil, message: String? = nil, team: String? = nil, proposal: [String: String]? = nil,
            monthlySavings: Money? = nil, place: Place
        ) {
            self.policy = policy
            self.resource = resource
            self.subject = subject
            self.verdict = verdict
            self.rule = rule
            self.severity = severity
            self.message = message
            self.team = team
            self.proposal = proposal
            self.monthlySavings = monthlySavings
            self.place = place
        }
    }

    package init(
        name: String, place: Place, now: Instant, policies: [String], given: Given, expected: [Expectation]?, expectedSpan: FileSpan?,
        patch: String?, scenario: ScenarioExpectation? = nil
    ) {
        self.name = name
        self.place = place
        self.now = now
        self.policies = policies
        self.given = given
        self.expected = expected
        self.expectedSpan = expectedSpan
        self.patch = patch
        self.scenario = scenario
    }
}
