import CostModel

extension PriceModel {
    /// One that costs by use only: each part's name, its label in published estimates, the unit there, and the key of a usage file with how many of
    /// those make a unit.
    static func usage(
        _ types: String..., region: String? = nil, parts: [(name: String, label: String, unit: String, key: String?, scale: Int)]
    ) -> PriceModel {
        var model = PriceModel(region: region) { draft throws(EstimateObstacle) in
            for part in parts {
                let price = draft.published(part.label, units: [part.unit])
                draft.usage(part.name, part.unit, key: part.key, per: part.scale, price)
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
