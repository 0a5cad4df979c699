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
    /// What a usage file says that a machine runs, as lists write it: `Windows`; nil: it says nothing.
    let system: String?
    private(set) var parts: [PricedPart] = []

    init(_ resource: Resource, region: String, provider: String, others: ResourceIndex, system: String? = nil) {
        self.system = system
        self.resource = resource
        self.arguments = Arguments(resource.attributes)
        self.region = region
        self.provider = provider
        self.others = others
    }

    static let hoursPerMonth = FixedDecimal(730)

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
        _ name: String, count: FixedDecimal = FixedDecimal(1), _ options: PricedPart.Option..., note: String? = nil, apart: Bool = false
    ) {
        parts.append(
            PricedPart(
                name: name, quantity: count.times(Self.hoursPerMonth), unit: "hour", options: options, note: note, isBilledApart: apart))
    }

    /// The same in as many ways as there are, and what the list has where none of them is answered.
    mutating func hourly(
        _ name: String, count: FixedDecimal, ways options: [PricedPart.Option], note: String? = nil, remark: String? = nil
    ) {
        var part = PricedPart(name: name, quantity: count.times(Self.hoursPerMonth), unit: "hour", options: options, note: note)
        part.remark = remark
        parts.append(part)
    }

    /// Something that costs nothing, because it is in the price of something else.
    mutating func included(_ name: String, count: FixedDecimal, note: String) {
        var part = PricedPart(name: name, quantity: count.times(Self.hoursPerMonth), unit: "hour", options: [], note: note)
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

    /// Something that costs by use.
    mutating func usage(
        _ name: String, _ unit: String, key: String? = nil, per scale: Int = 1, _ options: PricedPart.Option...
    ) {
        var part = PricedPart(name: name, quantity: nil, unit: unit, options: options, isUsageBased: true)
        part.usageKey = key
        part.usageScale = scale
        parts.append(part)
    }

    /// The same, where a usage file says how much by several keys.
    mutating func usage(
        _ name: String, _ unit: String, product: PricedPart.UsageProduct, key: String? = nil, _ options: PricedPart.Option...
    ) {
        var part = PricedPart(name: name, quantity: nil, unit: unit, options: options, isUsageBased: true)
        part.usageKey = key
        part.usageProduct = product
        parts.append(part)
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

extension PriceModel {
    /// One that costs by use only: each part's name, its label in published estimates, the unit there, and the key of a usage file with how many of
    /// those make a unit.
    static func usage(
        _ types: String..., region: String? = nil, parts: [(name: String, label: String, unit: String, key: String?, scale: Int)]
    ) -> PriceModel {
        var model = PriceModel(region: region) { draft throws(EstimateObstacle) in
            for part in parts {
                let price = draft.published(part.label, units: [part.unit])
                if let key = part.key {
                    draft.usage(part.name, part.unit, key: key, per: part.scale, price)
                } else {
                    draft.usage(part.name, part.unit, price)
                }
            }
        }
        model.types = types
        return model
    }

    /// One whose cost does not depend on its arguments: one of each of its parts, by its label in published estimates.
    static func each(
        _ types: String..., region: String? = nil, hour: [(name: String, label: String)] = [], month: [(name: String, label: String)] = []
    ) -> PriceModel {
        var model = PriceModel(region: region) { draft throws(EstimateObstacle) in
            for part in hour { draft.hourly(part.name, draft.published(part.label)) }
            for part in month { draft.monthly(part.name, FixedDecimal(1), "month", draft.published(part.label, units: ["month"])) }
        }
        model.types = types
        return model
    }
}
