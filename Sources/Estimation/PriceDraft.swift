import CostModel

/// What a model says of one resource: of which parts its cost is made.
struct PriceDraft {
    let resource: Resource
    let arguments: Arguments
    /// As lists write it.
    let region: String
    /// `aws`, `azure`, `google`.
    let provider: String
    /// The other resources of the code, for templates, clusters and sources of replicas.
    let others: ResourceIndex
    /// What a usage file says of the resource.
    private let stated: ExpectedUsage.Values
    private let statedSystem: String?
    /// The keys of a usage file that have an effect on it.
    private(set) var asked: Set<String> = []
    private(set) var parts: [PricedPart] = []

    init(_ resource: Resource, region: String, provider: String, others: ResourceIndex, usage: ExpectedUsage = ExpectedUsage()) {
        stated = usage.values(of: resource.identity.address, type: resource.type)
        statedSystem = usage.system(of: resource.identity.address, type: resource.type)
        self.resource = resource
        self.arguments = Arguments(resource.attributes)
        self.region = region
        self.provider = provider
        self.others = others
    }

    static let hoursPerMonth = FixedDecimal(730)

    // MARK: What is expected

    /// What a usage file says under a key; nil: it says nothing.
    mutating func value(_ key: String) -> FixedDecimal? {
        asked.insert(key)
        return stated[key]
    }

    /// What a usage file says that a machine runs, as lists write it: `Windows`; nil: it says nothing.
    mutating func system() -> String? {
        asked.insert(ExpectedUsage.systemKey)
        return statedSystem
    }

    /// How many there are where a usage file says it, else what the code says.
    mutating func instances(_ count: FixedDecimal) throws(EstimateObstacle) -> FixedDecimal {
        guard let stated = value("instances") else { return count }
        guard stated <= FixedDecimal(Arguments.most) else {
            throw .notPriced("'instances' is \(stated), and what is priced is at most \(Arguments.most)")
        }
        return stated
    }

    /// For how many hours of a month something runs, where a usage file says it, else all of them.
    ///
    /// - Parameter key: under which it is said.
    mutating func runningHours(_ key: String = "monthly_hrs") throws(EstimateObstacle) -> FixedDecimal {
        guard let stated = value(key) else { return Self.hoursPerMonth }
        guard stated <= FixedDecimal(744) else { throw .notPriced("'\(key)' is \(stated), and a month has at most 744 hours") }
        return stated
    }

    // MARK: Prices

    /// A price by the vendor's own names.
    func price(
        _ service: String, _ product: String, _ attributes: [String: [String?]] = [:], units: Set<String> = ["hour"], region: String? = nil
    ) -> PricedPart.Option {
        PricedPart.Option(
            query: PriceQuery(
                PriceKey(provider: provider, service: service, product: product, region: region ?? self.region), attributes: attributes,
                units: units))
    }

    /// A price that was read from a published estimate: by the resource's type and what the part is called there.
    func published(_ label: String, units: Set<String> = ["hour"], type: String? = nil, region: String? = nil) -> PricedPart.Option {
        price(type ?? resource.type, label, units: units, region: region)
    }

    // MARK: Parts

    mutating func add(_ part: PricedPart) { parts.append(part) }

    /// Something that costs by the hour, all month.
    mutating func hourly(
        _ name: String, count: FixedDecimal = FixedDecimal(1), hours: FixedDecimal = Self.hoursPerMonth, _ options: PricedPart.Option...,
        note: String? = nil, apart: Bool = false
    ) {
        parts.append(
            PricedPart(name: name, quantity: count.multiplied(by: hours), unit: "hour", options: options, note: note, isBilledApart: apart))
    }

    /// The same in as many ways as there are, and what the list has where none of them is answered.
    mutating func hourly(
        _ name: String, count: FixedDecimal, hours: FixedDecimal = Self.hoursPerMonth, ways options: [PricedPart.Option],
        note: String? = nil, remark: String? = nil
    ) {
        var part = PricedPart(name: name, quantity: count.multiplied(by: hours), unit: "hour", options: options, note: note)
        part.remark = remark
        parts.append(part)
    }

    /// Something that costs nothing, because it is in the price of something else.
    mutating func included(_ name: String, count: FixedDecimal, note: String) {
        var part = PricedPart(name: name, quantity: count.multiplied(by: Self.hoursPerMonth), unit: "hour", options: [], note: note)
        part.isIncluded = true
        parts.append(part)
    }

    /// Something that there is a number of all month, such as gigabytes.
    mutating func monthly(
        _ name: String, _ quantity: FixedDecimal?, _ unit: String, _ options: PricedPart.Option..., note: String? = nil, apart: Bool = false
    ) {
        if let quantity, quantity.isZero { return }
        parts.append(PricedPart(name: name, quantity: quantity, unit: unit, options: options, note: note, isBilledApart: apart))
    }

    /// Something that belongs to the resource and of which no list knows the price.
    mutating func unpriced(_ name: String, _ unit: String, because reason: String) {
        var part = PricedPart(name: name, quantity: nil, unit: unit, options: [])
        part.obstacle = reason
        parts.append(part)
    }

    /// The resource of some type that an argument names, by its address or by what it is called.
    func other(_ argument: String, in arguments: Arguments? = nil, of type: String, called name: String = "name") -> Resource? {
        if let found = other(argument, in: arguments) { return found }
        guard let text = (arguments ?? self.arguments).known(argument) else { return nil }
        let found = others.resources.filter {
            $0.type == type && $0.identity.root == resource.identity.root && $0.attributes[name]?.value == .string(text)
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The resource that an argument names, where its code is here.
    func other(_ name: String, in arguments: Arguments? = nil) -> Resource? {
        guard let address = (arguments ?? self.arguments).reference(name) else { return nil }
        return others[ResourceIdentity(root: resource.identity.root, address: address)]
    }
}

/// How the resources of some types are priced.
struct PriceModel: Sendable {
    typealias Maker = @Sendable (inout PriceDraft) throws(EstimateObstacle) -> Void

    var types: [String]
    /// Where the prices of services without regions stand in lists: they are those of every commercial region. Nil: the resource's region decides.
    var region: String?
    var make: Maker

    init(_ types: String..., region: String? = nil, make: @escaping Maker) {
        self.types = types
        self.region = region
        self.make = make
    }
}
