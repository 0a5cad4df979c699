/// What a finding rests on, down to lines, rows and samples.
package struct Evidence: Hashable, Sendable {
    /// A line of a file of the workspace.
    package struct Line: Hashable, Sendable {
        package var number: Int
        package var text: String

        package init(number: Int, text: String) {
            self.number = number
            self.text = text
        }
    }

    /// What one metric's samples say.
    package struct Measurement: Hashable, Sendable {
        package var metric: Metric
        /// Within the look-back.
        package var samples: Int
        package var first: Instant?
        package var last: Instant?
        package var percentile: FixedDecimal
        /// The nearest-rank percentile, in percent; nil without samples.
        package var value: Double?
        package var target: FixedDecimal
        /// What the percentile would be on the proposed size; nil without one.
        package var projected: Double?

        package init(
            metric: Metric, samples: Int, first: Instant?, last: Instant?, percentile: FixedDecimal, value: Double?, target: FixedDecimal,
            projected: Double?
        ) {
            self.metric = metric
            self.samples = samples
            self.first = first
            self.last = last
            self.percentile = percentile
            self.value = value
            self.target = target
            self.projected = projected
        }
    }

    /// One day's cost by service and category.
    package struct DailyCost: Hashable, Sendable, Comparable {
        package var day: Day
        package var service: String
        package var category: ChargeCategory
        package var effective: Money
        package var billed: Money

        package init(day: Day, service: String, category: ChargeCategory, effective: Money, billed: Money) {
            self.day = day
            self.service = service
            self.category = category
            self.effective = effective
            self.billed = billed
        }

        package static func < (a: DailyCost, b: DailyCost) -> Bool { (a.day, a.service, a.category) < (b.day, b.service, b.category) }
    }

    /// One row of a bill.
    package struct Row: Hashable, Sendable {
        package var file: String
        package var line: Int
        package var day: Day
        package var category: ChargeCategory
        package var description: String
        package var effective: FixedDecimal
        package var billed: FixedDecimal

        package init(
            file: String, line: Int, day: Day, category: ChargeCategory, description: String, effective: FixedDecimal, billed: FixedDecimal
        ) {
            self.file = file
            self.line = line
            self.day = day
            self.category = category
            self.description = description
            self.effective = effective
            self.billed = billed
        }
    }

    /// What was counted of a metric on one day.
    package struct Counted: Hashable, Sendable {
        package var metric: String
        /// Empty where the metric has no keys.
        package var key: String
        package var day: Day
        package var value: FixedDecimal

        package init(metric: String, key: String, day: Day, value: FixedDecimal) {
            self.metric = metric
            self.key = key
            self.day = day
            self.value = value
        }
    }

    /// What one service adds to a budget's actual.
    package struct Share: Hashable, Sendable {
        package var service: String
        package var category: ChargeCategory
        package var amount: Money

        package init(service: String, category: ChargeCategory, amount: Money) {
            self.service = service
            self.category = category
            self.amount = amount
        }
    }

    package var finding: Finding
    package var policy: PolicyHeader?
    /// The lines that declare the resource, or the budget's amount.
    package var lines: [Line]
    /// The effective tags, for findings about tags.
    package var tags: Tags
    package var measurements: [Measurement]
    /// What an objective's metrics counted, by metric and day.
    package var counted: [Counted] = []
    package var sizeNow: InstanceCatalog.Entry?
    package var sizeProposed: InstanceCatalog.Entry?
    package var catalogSource: String?
    /// Of the 28 closed days.
    package var costs: [DailyCost]
    /// What a budget's actual is made of, the largest first.
    package var shares: [Share]
    /// The newest rows of the bill that make up the costs, and how many there are in all.
    package var rows: [Row]
    package var rowCount: Int
    /// Of a finding about unusual cost: the event.
    package var anomaly: Anomaly?

    package init(
        finding: Finding, policy: PolicyHeader?, lines: [Line] = [], tags: Tags = [:], measurements: [Measurement] = [],
        sizeNow: InstanceCatalog.Entry? = nil, sizeProposed: InstanceCatalog.Entry? = nil, catalogSource: String? = nil,
        costs: [DailyCost] = [], shares: [Share] = [], rows: [Row] = [], rowCount: Int = 0
    ) {
        self.finding = finding
        self.policy = policy
        self.lines = lines
        self.tags = tags
        self.measurements = measurements
        self.sizeNow = sizeNow
        self.sizeProposed = sizeProposed
        self.catalogSource = catalogSource
        self.costs = costs
        self.shares = shares
        self.rows = rows
        self.rowCount = rowCount
    }
}
