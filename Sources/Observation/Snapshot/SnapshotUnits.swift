import CostModel
import JSON

/// What a snapshot holds of what resources were charged by the unit, so that estimates find the workspace's own prices in it.
enum SnapshotUnits {
    /// `{"lastDay":"2026-10-31","charges":[[resource,sku,unit,"cost quantity",days],…]}`: the quantity is missing where some row did not state it.
    static func read(_ reader: inout JSONReader) throws(JSONError) -> ObservedBill.Units {
        var units = ObservedBill.Units()
        try reader.members(["lastDay", "charges"]) { (reader, key) throws(JSONError) in
            guard key == "charges" else {
                units.lastDay = try reader.null() ? nil : try reader.day()
                return
            }
            try reader.array { (reader) throws(JSONError) in
                let (resource, unit) = try Self.unit(&reader)
                units.byResource[resource, default: []].append(unit)
            }
        }
        return units
    }

    private static func unit(_ reader: inout JSONReader) throws(JSONError) -> (resource: String, unit: BilledUnit) {
        var resource = ""
        var unit = BilledUnit(sku: nil, unit: nil, cost: .zero, quantity: nil, days: 0)
        var place = 0
        try reader.array { (reader) throws(JSONError) in
            switch place {
            case 0: resource = try reader.string()
            case 1: unit.sku = try reader.textOrNull()
            case 2: unit.unit = try reader.textOrNull()
            case 3:
                let amounts = try reader.decimals()
                guard amounts.count == 1 || amounts.count == 2 else { throw reader.error("a cost expected, and a quantity") }
                unit.cost = amounts[0]
                unit.quantity = amounts.count == 2 ? amounts[1] : nil
            case 4: unit.days = try reader.integer(in: 0...UnitTally.length)
            default: throw reader.error("a charge by the unit has five fields")
            }
            place += 1
        }
        guard place == 5, !resource.isEmpty else { throw reader.error("a charge by the unit has five fields") }
        return (resource, unit)
    }
}

extension SnapshotWriter {
    mutating func write(_ units: ObservedBill.Units) {
        json.key("lastDay")
        json.text(units.lastDay?.description)
        json.key("charges")
        json.array { json in
            for (resource, charges) in units.byResource.sorted(by: { $0.key < $1.key }) {
                for unit in charges {
                    json.line()
                    json.array { json in
                        json.text(resource)
                        json.text(unit.sku)
                        json.text(unit.unit)
                        json.text([unit.cost, unit.quantity].compactMap { $0?.description }.joined(separator: " "))
                        json.integer(unit.days)
                    }
                }
            }
        }
    }
}
