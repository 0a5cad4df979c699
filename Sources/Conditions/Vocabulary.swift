package import CEL

/// The names that expressions in policies can use, and what they mean. The same declarations type-check a policy, build the values it is
/// given, and make the page of documentation.
package enum Vocabulary {
    // MARK: Resources

    /// Somebody who names a resource.
    package static let referrer = CELObjectType(
        name: "referrer",
        fields: [
            CELField("type", .string, documentation: "The type of the resource that refers to it, or `data`."),
            CELField("address", .string, documentation: "Its address without instance keys."),
            CELField(
                "service", .string,
                documentation: "Of an `aws_vpc_endpoint` the service it leads to, such as `s3`; empty where the code does not write it out."
            ),
            CELField("referencedBy", .list(.string), documentation: "The types of the resources and data sources that name it in turn."),
        ])

    /// What a resource will cost in a month, by its bill or by prices.
    package static let estimate = CELObjectType(
        name: "estimate",
        fields: [
            CELField("amount", .money, documentation: "In a month; unknown where there is no price, or only use would tell."),
            CELField(
                "source", .string,
                documentation: "Where most of the amount is from: `billed`, `own-price`, `list`; empty where there is none."),
            CELField("status", .string, documentation: "`priced`, `free`, `usage`, `not-priced` or `unknown`."),
        ])

    package static let resource = CELObjectType(
        name: "resource",
        fields: [
            CELField("address", .string, documentation: "As Terraform names it, within its root."),
            CELField("root", .string, documentation: "The folder of its root module."),
            CELField("type", .string, documentation: "`aws_instance`."),
            CELField("provider", .string, documentation: "`aws`."),
            CELField("file", .string, documentation: "The file that declares it."),
            CELField("team", .string, documentation: "The team that owns it; empty: nobody."),
            CELField("deployed", .bool, documentation: "Whether a state knows it."),
            CELField("id", .string, documentation: "Its id by the state; unknown where no state knows it."),
            CELField("arn", .string, documentation: "Its ARN by the state; unknown where no state knows it."),
            CELField("account", .string, documentation: "Its account by the state; unknown where no state knows it."),
            CELField("region", .string, documentation: "Its region by the state; unknown where no state knows it."),
            CELField("size", .string, documentation: "Its instance type or class as the code says; absent for types without one."),
            CELField("tags", .map(.string, .string), documentation: "The tags it will have, the provider's defaults too."),
            CELField(
                "attributes", .map(.string, .dyn),
                documentation: "Its arguments; each kind of nested block is a list of maps. Arguments that are not written are absent."),
            CELField(
                "monthlyCost", .money,
                documentation: "Effective cost of the 28 closed days, times 365/336; unknown where no state knows the resource."),
            CELField(
                "monthlyEstimate", .object(estimate),
                documentation: "What it will cost in a month: by its own bill, else by prices."),
            CELField(
                "referencedBy", .list(.object(referrer)),
                documentation: "The resources and data sources of its module that name it, also by way of locals."),
            CELField(
                "passedOn", .bool,
                documentation: "Whether an output or a module's argument passes it on, so that others may use it who are not seen."),
        ], rest: "attributes")

    // MARK: What is measured

    package static let metric = CELObjectType(
        name: "metric",
        fields: [
            CELField("samples", .int, documentation: "How many samples there are in the look-back."),
            CELField("mean", .double), CELField("min", .double), CELField("max", .double),
            CELField("p50", .double, documentation: "Percentiles are nearest-rank."), CELField("p90", .double), CELField("p95", .double),
            CELField("p99", .double),
        ])

    package static let utilization = CELObjectType(
        name: "utilization",
        fields: [
            CELField("cpu", .object(metric), documentation: "In percent of the capacity."),
            CELField("memory", .object(metric), documentation: "In percent of the capacity."),
            CELField("connections", .object(metric)),
            CELField("networkIn", .object(metric), documentation: "Bytes a sample."),
            CELField("networkOut", .object(metric), documentation: "Bytes a sample."),
            CELField("diskOperations", .object(metric), documentation: "Reads and writes together, a sample."),
        ])

    // MARK: Money and people

    package static let resourceCost = CELObjectType(
        name: "cost",
        fields: [
            CELField("monthly", .money, documentation: "The same as resource.monthlyCost."),
            CELField(
                "previousMonthly", .money,
                documentation: "Of the 28 days before those; unknown where the bill does not cover them."),
        ])

    package static let team = CELObjectType(
        name: "team",
        fields: [
            CELField("name", .string, documentation: "Empty: nobody owns it."), CELField("parent", .string),
            CELField("costCenter", .string), CELField("contact", .string),
        ])

    package static let budget = CELObjectType(
        name: "budget",
        fields: [
            CELField("name", .string, documentation: "The first by name of those whose scope is the owner's team."),
            CELField("amount", .money), CELField("actual", .money, documentation: "In the judged period, to date."),
            CELField("forecast", .money, documentation: "Absent where there is none."),
            CELField("used", .double, documentation: "The actual as a share of the amount: 0.8 is 80 %."),
        ])

    /// A line of the bill: charges of one day with everything in common that is listed here.
    package static let costLine = CELObjectType(
        name: "cost_line",
        fields: [
            CELField("account", .string, documentation: "SubAccountId."), CELField("provider", .string, documentation: "ProviderName."),
            CELField("service", .string, documentation: "ServiceName."), CELField("region", .string, documentation: "RegionId."),
            CELField("resource", .string, documentation: "ResourceId."),
            CELField("category", .string, documentation: "ChargeCategory: Usage, Purchase, Tax, Credit, Adjustment."),
            CELField("day", .timestamp, documentation: "The day of ChargePeriodStart."),
            CELField("tags", .map(.string, .string), documentation: "Read by name: cost.tags.env or cost.tags[\"env\"]."),
        ])

    /// Something that a policy of kind Notification may tell of.
    package static let event = CELObjectType(
        name: "event",
        fields: [
            CELField("kind", .string, documentation: "What has happened, as `on` has it: `finding.new`."),
            CELField("team", .string, documentation: "The team that it is about; empty: nobody's, or everybody's."),
            CELField("severity", .string, documentation: "`low`, `medium`, `high` or `critical`; empty where it has none."),
            CELField("policy", .string, documentation: "The name of the policy that found it; empty where none did."),
            CELField("rule", .string, documentation: "What was found: `missing-tag`; empty where nothing was."),
            CELField("resource", .string, documentation: "As `root:address`; empty where it is about none."),
            CELField("amount", .money, documentation: "In a month: what is at stake, or saved; unknown where nobody knows."),
        ])

    // MARK: Environments

    /// In the order in which values are handed to a program.
    static func resourceVariables(params: CELObjectType?) -> [CELVariable] {
        [
            CELVariable("resource", .object(resource), documentation: "The resource that is judged."),
            CELVariable("cost", .object(resourceCost), documentation: "What it costs."),
            CELVariable("team", .object(team), documentation: "Who owns it."),
            CELVariable("budget", .object(budget), documentation: "How its team's budget stands."),
            CELVariable("utilization", .object(utilization), documentation: "What was measured of it in the look-back."),
            CELVariable("now", .timestamp, documentation: "The time as of which everything is judged."),
        ] + (params.map { [CELVariable("params", .object($0), documentation: "The rule's parameters.")] } ?? [])
    }

    static let costVariables = [
        CELVariable("cost", .object(costLine), documentation: "A line of the bill."),
        CELVariable("team", .object(team), documentation: "Who owns the line."),
        CELVariable("now", .timestamp, documentation: "The time as of which everything is judged."),
    ]

    static let eventVariables = [
        CELVariable("event", .object(event), documentation: "What has happened."),
        CELVariable("team", .object(team), documentation: "Whose it is."),
        CELVariable("now", .timestamp, documentation: "The time as of which everything is judged."),
    ]

    /// Everything that can be named in a rule, and in a budget's scope, for the documentation and for `bursar eval`.
    package static func variables(of subject: Subject) -> [CELVariable] {
        switch subject {
        case .resource: resourceVariables(params: nil)
        case .cost: costVariables
        case .event: eventVariables
        }
    }

    package enum Subject: String, Hashable, Sendable, CaseIterable { case resource, cost, event }
}
