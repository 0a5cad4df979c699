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
    private(set) var parts: [PricedPart] = []

    init(_ resource: Resource, region: String, provider: String, others: ResourceIndex) {
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

    /// Something that costs by the hour, all month.
    mutating func hourly(
        _ name: String, count: FixedDecimal = FixedDecimal(1), _ options: PricedPart.Option..., note: String? = nil, apart: Bool = false
    ) {
        parts.append(
            PricedPart(
                name: name, quantity: count.times(Self.hoursPerMonth), unit: "hour", options: options, note: note, isBilledApart: apart))
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

    /// Something that belongs to the resource and of which no list knows the price.
    mutating func unpriced(_ name: String, _ unit: String, because reason: String) {
        var part = PricedPart(name: name, quantity: nil, unit: unit, options: [])
        part.obstacle = reason
        parts.append(part)
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
    /// Where the prices of services without regions stand in lists; nil: the resource's region decides.
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
