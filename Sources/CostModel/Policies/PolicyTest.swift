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
    package var expected: [Expectation]
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

        package init(
            terraform: String? = nil, folder: String? = nil, resources: [Resource] = [], deployed: [Glob] = [], cost: [Charge] = [],
            utilization: [Usage] = []
        ) {
            self.terraform = terraform
            self.folder = folder
            self.resources = resources
            self.deployed = deployed
            self.cost = cost
            self.utilization = utilization
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
        name: String, place: Place, now: Instant, policies: [String], given: Given, expected: [Expectation], expectedSpan: FileSpan?,
        patch: String?
    ) {
        self.name = name
        self.place = place
        self.now = now
        self.policies = policies
        self.given = given
        self.expected = expected
        self.expectedSpan = expectedSpan
        self.patch = patch
    }
}
