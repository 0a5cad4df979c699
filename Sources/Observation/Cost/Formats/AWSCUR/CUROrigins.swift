import CostModel

/// How the columns of FOCUS follow from a line of a Cost and Usage Report.
enum CUROrigins {
    static func origin(of column: FOCUSValue, in row: CURRow) -> ValueOrigin {
        let layout = row.layout
        // A type that cannot be read is a fault of its own.
        let kind = (try? row.kind()) ?? nil
        switch column {
        case .billedCost: return billed(kind, row)
        case .effectiveCost: return effective(kind, row)
        case .listCost: return list(kind, row)
        case .contractedCost: return contracted(kind, row)
        case .billingPeriod: return row.origin([layout.billingStart], "its month")
        case .chargePeriod: return row.origin([layout.start], "its day in UTC")
        case .category: return row.origin([layout.type], "by the type of the line")
        case .provider: return ValueOrigin(rule: "the report is AWS's")
        case .service: return row.origin([layout.product] + layout.service, "the product's name, else its service's, else its code")
        case .region: return row.origin([layout.product] + layout.region, "the product's region")
        case .resource:
            return row.origin([layout.resource, layout.planName, layout.reservationName], "of a fee the plan or the reservation")
        case .quantity: return row.origin([layout.quantity, layout.unit], "of usage alone: fees count hours or money there")
        case .currency: return row.origin([layout.currency])
        case .account: return row.origin([row.places[.account]])
        case .sku: return row.origin([row.places[.sku]])
        case .skuPrice: return row.origin([row.places[.skuPrice]])
        case .description: return row.origin([row.places[.description]])
        }
    }

    private static func net(_ row: CURRow, _ rule: String) -> ValueOrigin {
        row.origin(
            [row.layout.type, row.layout.netUnblended, row.layout.unblended],
            row.layout.netUnblended == nil ? rule : "\(rule); net of discounts, since the report has that column")
    }

    private static func billed(_ kind: CURLineItem?, _ row: CURRow) -> ValueOrigin {
        if row.part == 1 { return row.origin([row.layout.type], "what was not used is paid for by the fee") }
        if kind == .savingsPlanCoveredUsage {
            return row.origin([row.layout.type], "what a Savings Plan covers is billed by the plan's fee")
        }
        return net(row, "the cost of the line")
    }

    private static func effective(_ kind: CURLineItem?, _ row: CURRow) -> ValueOrigin {
        let layout = row.layout
        switch kind {
        case .savingsPlanCoveredUsage: return row.origin([row.first(of: layout.planUsed)], "its part of the plan's commitment")
        case .discountedUsage: return row.origin([row.first(of: layout.reservationUsed)], "its part of the reservation")
        case .savingsPlanRecurringFee where row.part == 1:
            return row.origin([layout.planTotal, layout.planCommitted], "the commitment less what was used of it")
        case .reservationFee where row.part == 1:
            return row.origin(
                [row.first(of: layout.unusedUpfront), row.first(of: layout.unusedRecurring)],
                "the unused parts of the upfront and the recurring fee")
        case .savingsPlanRecurringFee, .reservationFee:
            return row.origin([layout.type], "the fee is spread over what it covers; what was not used is a charge of its own")
        case .savingsPlanUpfrontFee: return row.origin([layout.type], "the fee is spread over what it covers")
        case .fee where !row.isNull(layout.reservationName):
            return row.origin([layout.type, layout.reservationName], "the fee is spread over what it covers")
        default: return net(row, "the cost of the line")
        }
    }

    private static func list(_ kind: CURLineItem?, _ row: CURRow) -> ValueOrigin {
        if row.part == 1 { return row.origin([row.layout.type], "what was not used has no price") }
        if kind?.isUsage ?? false { return row.origin([row.layout.publicCost]) }
        if kind?.isDiscount ?? false { return row.origin([row.layout.type], "a discount has no price") }
        return row.origin([row.layout.unblended])
    }

    private static func contracted(_ kind: CURLineItem?, _ row: CURRow) -> ValueOrigin {
        if row.part == 1 { return row.origin([row.layout.type], "what was not used has no price") }
        guard kind == .savingsPlanCoveredUsage || kind == .discountedUsage else { return net(row, "the cost of the line") }
        return row.origin([row.layout.publicCost], "before negotiated discounts: the report does not say more of what a commitment covers")
    }
}
