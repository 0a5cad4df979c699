import CostModel

/// How the columns of FOCUS follow from a row of Azure's cost details.
enum AzureOrigins {
    static func origin(of column: FOCUSValue, in row: AzureRow) -> ValueOrigin {
        let layout = row.layout
        switch column {
        case .billedCost: return cost(row, statedBy: .actual, "billed cost")
        case .effectiveCost: return cost(row, statedBy: .amortized, "effective cost")
        case .listCost: return ValueOrigin(rule: "cost details do not state it")
        case .contractedCost:
            return row.origin(
                [layout.unitPrice, layout.quantity], "their product, in the actual dataset: the quantity counts blocks of the unit")
        case .billingPeriod: return row.origin([layout.billingStart, layout.date], "the month of the period, else of the day")
        case .chargePeriod: return row.origin([layout.date], "a charge is of a day; the month stands first")
        case .category: return row.origin([layout.chargeType], "by the type of the charge")
        case .currency:
            let hasRate = !row.isNull(layout.exchangeRate)
            return row.origin(
                [layout.currency, layout.exchangeRate, layout.pricingCurrency],
                hasRate ? "billed in it; the rate is that from the pricing currency" : nil)
        case .provider: return ValueOrigin(rule: "the export is Microsoft's")
        case .account: return row.origin([layout.subscription], "with its path and in lower case, as in Microsoft's FOCUS export")
        case .service:
            return row.origin(
                [layout.publisherType, layout.publisher, layout.consumedService, layout.resource, layout.meterCategory],
                "of the marketplace the publisher; else by the resource's type in Microsoft's list of services, else the meter's category")
        case .region: return row.origin([layout.location], "by Microsoft's list of regions")
        case .resource: return row.origin([layout.resource], "in lower case: its spelling varies")
        case .sku: return ValueOrigin(rule: "cost details do not state it as FOCUS means it")
        case .quantity: return row.origin([layout.quantity, layout.unit], "the quantity times the block of the unit")
        case .skuPrice: return row.origin([row.places[.skuPrice]])
        case .description: return row.origin([row.places[.description]])
        }
    }

    private static func cost(_ row: AzureRow, statedBy dataset: AzureDataset, _ name: String) -> ValueOrigin {
        let layout = row.layout
        guard row.dataset != .unknown else {
            return row.origin(
                [layout.cost, layout.chargeType, layout.pricingModel],
                "nothing says which dataset this is: what no commitment touches costs the same in both")
        }
        guard row.dataset == dataset else {
            return ValueOrigin(rule: "the \(dataset == .actual ? "actual" : "amortised") dataset states \(name), and this is the other one")
        }
        return row.origin([layout.cost], "the cost of the \(dataset == .actual ? "actual" : "amortised") dataset")
    }
}
