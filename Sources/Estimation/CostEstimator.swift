package import CostModel

/// What resources will cost: by their own bill, else by the prices that the workspace's bill shows, else by lists. What none of them knows has no amount.
package struct CostEstimator: Sendable {
    /// What was observed of what runs already.
    package struct Billed: Sendable {
        /// Effective cost of a month, by resource: see `Money.monthly`.
        package var monthly: [ResourceIdentity: FixedDecimal]
        /// What was charged at on-demand prices, by resource.
        package var units: [ResourceIdentity: [BilledUnit]]
        package var lastDay: Day?

        package static let nothing = Billed(monthly: [:], units: [:], lastDay: nil)

        package init(monthly: [ResourceIdentity: FixedDecimal], units: [ResourceIdentity: [BilledUnit]], lastDay: Day?) {
            self.monthly = monthly
            self.units = units
            self.lastDay = lastDay
        }
    }

    let currency: Currency
    private let prices: any PriceSource
    let usage: ExpectedUsage
    private let billed: Billed
    private let own: OwnPrices

    /// - Parameter deployed: the resources of the code that the bill is of, from which prices are learnt: those of the base of a change.
    package init(
        currency: Currency, prices: any PriceSource, usage: ExpectedUsage = ExpectedUsage(), billed: Billed = .nothing,
        learningFrom deployed: ResourceIndex = ResourceIndex([])
    ) {
        self.currency = currency
        self.prices = prices
        self.usage = usage
        self.billed = billed
        var own = OwnPrices(lastDay: billed.lastDay)
        if !billed.units.isEmpty {
            for resource in deployed.resources {
                guard let units = billed.units[resource.identity], Self.isAsDeployed(resource) else { continue }
                if case .priced(let parts, _) = Self.composition(of: resource, deployed, usage) { own.learn(parts, from: units) }
            }
        }
        self.own = own
    }

    /// A size that waits for an apply is not what the bill is of.
    private static func isAsDeployed(_ resource: Resource) -> Bool {
        guard resource.deployed != nil else { return false }
        guard let now = resource.deployed?.size, let size = resource.size?.value else { return true }
        return now == size
    }

    // MARK: One side

    package func estimate(_ resources: ResourceIndex, owners: [ResourceIdentity: String]) -> Estimate {
        Estimate(
            currency: currency,
            resources: resources.resources.map { resource in
                var estimate = estimate(of: resource, in: resources)
                estimate.team = owners[resource.identity]
                return estimate
            }.sorted { $0.identity < $1.identity })
    }

    func estimate(of resource: Resource, in resources: ResourceIndex) -> ResourceEstimate {
        if let amount = billed.monthly[resource.identity] {
            return bill(amount, of: resource, region: ResourcePlace.region(of: resource, in: resources).name)
        }
        return unbilled(resource, in: resources)
    }

    private func bill(_ amount: FixedDecimal, of resource: Resource, region: String?) -> ResourceEstimate {
        let component = EstimateComponent(
            name: "billed", quantity: FixedDecimal(1), unit: "month", unitPrice: amount, monthly: amount,
            source: EstimateSource(.billed, date: billed.lastDay))
        return ResourceEstimate(
            identity: resource.identity, type: resource.type, region: region, status: .priced, monthly: amount, components: [component])
    }

    private func unbilled(_ resource: Resource, in resources: ResourceIndex) -> ResourceEstimate {
        let composition = composition(of: resource, in: resources)
        var result = ResourceEstimate(identity: resource.identity, type: resource.type, status: .free)
        result.region = composition.region ?? ResourcePlace.region(of: resource, in: resources).name
        switch composition {
        case .free: return result
        case .obstacle(let obstacle, _):
            result.status = obstacle.status
            result.reason = obstacle.reason
            return result
        case .priced(let parts, _):
            if let reason = resource.unknownCount {
                result.status = .unknown
                result.reason = "how many there are is not known: \(reason)"
                return result
            }
            settle(&result, parts, region: composition.region)
            return result
        }
    }

    /// Says what the components make of the whole.
    private func settle(_ result: inout ResourceEstimate, _ parts: [PricedPart], region: String?) {
        result.components = parts.map(component)
        let fixed = result.components.filter { !$0.isUsageBased }
        let amounts = result.components.compactMap(\.monthly)
        let lacking = zip(parts, result.components).filter { $0.1.monthly == nil && $0.0.quantity != nil || $0.0.obstacle != nil }
        let reasons = lacking.map { part, component in
            "\(component.name): \(reason(for: part, component, region: region))"
        }
        if fixed.isEmpty {
            // What will be used and has no price is not priced; only what nobody said goes by use.
            result.status = !amounts.isEmpty ? .priced : reasons.isEmpty ? .usage : .notPriced
            result.monthly = amounts.isEmpty ? nil : amounts.reduce(.zero, +)
            switch result.status {
            case .usage: result.reason = "it costs by use, and what it will use is not known"
            case .notPriced: result.reason = reasons.first
            default: result.reason = reasons.isEmpty ? nil : "without " + reasons.joined(separator: "; ")
            }
        } else if fixed[0].monthly == nil {
            // Without its main part a sum would look like the whole.
            let isOpen = parts.first { !$0.isUsageBased }.map { $0.quantity == nil && $0.obstacle == nil } ?? false
            result.status = isOpen ? .unknown : .notPriced
            result.reason = isOpen ? fixed[0].note : reasons.first
        } else {
            result.status = .priced
            result.monthly = amounts.reduce(.zero, +)
            result.reason = reasons.isEmpty ? nil : "without " + reasons.joined(separator: "; ")
        }
    }

    /// Why a part has no amount.
    private func reason(for part: PricedPart, _ component: EstimateComponent, region: String?) -> String {
        if let obstacle = part.obstacle { return obstacle }
        // With a price and a quantity it is their product that is not there.
        if component.unitPrice != nil { return "it would cost more than \(FixedDecimal.mostPaid.rounded(to: 0)) a month" }
        for option in part.options {
            switch prices.answer(option.query) {
            case .contradiction(let a, let b):
                return "two prices for \(option.query.key.product) in \(option.query.key.region): \(a.price) and \(b.price)"
            case .price(let row) where row.currency != currency:
                return "its price is in \(row.currency), and the workspace counts in \(currency)"
            default: continue
            }
        }
        guard let key = part.key?.key else { return "no price is known" }
        if !prices.knowsRegion(key.region, provider: key.provider) { return "no price is known in the region '\(key.region)'" }
        return "no price is known for '\(key.product)' in \(key.region)" + (part.remark.map { ": \($0)" } ?? "")
    }

    /// What a list says to one way of asking; the row's price is that of one of the part's units.
    private func answer(_ option: PricedPart.Option) -> PriceRow? {
        guard case .price(var row) = prices.answer(option.query), row.currency == currency else { return nil }
        row.price = row.price.multiplied(by: option.factor)
        if let rule = option.rule { row.attributes["derived"] = rule }
        for term in option.further {
            guard case .price(let other) = prices.answer(term.query), other.currency == currency else { return nil }
            row.price += other.price.multiplied(by: term.factor)
            row.isOwn = row.isOwn && other.isOwn
            // A sum is as old as the oldest of its parts.
            row.date = row.date.flatMap { date in other.date.map { min(date, $0) } }
        }
        return option.further.isEmpty || row.price > .zero ? row : nil
    }

    private func component(_ part: PricedPart) -> EstimateComponent {
        var component = EstimateComponent(
            name: part.name, quantity: part.quantity, unit: part.unit, unitPrice: nil, monthly: nil, isUsageBased: part.isUsageBased,
            source: nil, note: part.note)
        if part.isIncluded {
            (component.unitPrice, component.monthly) = (.zero, .zero)
            return component
        }
        if let price = own.price(of: part) {
            component.unitPrice = price
            component.source = EstimateSource(.ownPrice, date: own.lastDay)
        } else {
            // Of the ways to ask, the one with the best answer counts; of equal ones the first.
            var best: PriceRow?
            for row in part.options.compactMap(answer) where best.map(row.goes(before:)) ?? true { best = row }
            if let best {
                component.unitPrice = best.price
                component.source = EstimateSource(.list, date: best.date, derived: best.derivation, list: best.source)
            }
        }
        if let price = component.unitPrice, let quantity = component.quantity {
            let amount = price.multiplied(by: quantity)
            component.monthly = amount.isTooMuchToPay ? nil : amount
        }
        return component
    }

    // MARK: A change

    /// What a change does: resources of either side whose cost differs, or cannot be told.
    package func change(
        from before: ResourceIndex, to after: ResourceIndex, owners: [ResourceIdentity: String], base: String
    ) -> EstimateChange {
        var totals = (before: Estimate.Totals(), after: Estimate.Totals())
        var entries: [EstimateChange.Entry] = []
        func note(_ old: ResourceEstimate?, _ new: ResourceEstimate?) {
            var (old, new) = (old, new)
            if let identity = (new ?? old)?.identity {
                old?.team = owners[identity]
                new?.team = owners[identity]
            }
            if let old { totals.before.add(old) }
            if let new { totals.after.add(new) }
            if old != new { entries.append(EstimateChange.Entry(before: old, after: new)) }
        }
        var moved: [String: Int] = [:]
        for (index, resource) in before.resources.enumerated() where after.place(of: resource.identity) == nil {
            if let id = resource.deployed?.id, !id.isEmpty { moved["\(resource.type) \(id)"] = index }
        }
        var renamed: Set<ResourceIdentity> = []
        for resource in after.resources {
            // What the code says was moved is deployed as what it was.
            let place = before.place(of: resource.identity) ?? resource.deployed?.id.flatMap { moved["\(resource.type) \($0)"] }
            guard let earlier = place.map({ before.resources[$0] }) else {
                note(nil, estimate(of: resource, in: after))
                continue
            }
            var old = estimate(of: earlier, in: before)
            if earlier.identity != resource.identity {
                renamed.insert(earlier.identity)
                old.identity = resource.identity
            }
            note(old, later(resource, in: after, than: earlier, in: before, old))
        }
        for resource in before.resources where after.place(of: resource.identity) == nil && !renamed.contains(resource.identity) {
            note(estimate(of: resource, in: before), nil)
        }
        entries.sort(by: Self.precedes)
        return EstimateChange(currency: currency, base: base, entries: entries, before: totals.before, after: totals.after)
    }

    /// What is billed keeps its bill; of what a change does to it the parts are exchanged.
    private func later(
        _ resource: Resource, in after: ResourceIndex, than earlier: Resource, in before: ResourceIndex, _ old: ResourceEstimate
    ) -> ResourceEstimate {
        guard let amount = billed.monthly[resource.identity] else { return estimate(of: resource, in: after) }
        let (new, known) = (composition(of: resource, in: after), composition(of: earlier, in: before))
        if new == known { return old }
        guard case .priced(let parts, let region) = new, case .priced(let earlierParts, _) = known else {
            if case .obstacle(let obstacle, _) = new {
                return ResourceEstimate(
                    identity: resource.identity, type: resource.type, region: old.region, status: obstacle.status, reason: obstacle.reason)
            }
            return unbilled(resource, in: after)
        }
        var exchanged = parts.filter { !earlierParts.contains($0) && !$0.isUsageBased }.map(component)
        var removed = earlierParts.filter { !parts.contains($0) && !$0.isUsageBased }.map(component)
        if exchanged.isEmpty, removed.isEmpty { return old }
        let unknown = (exchanged + removed).first { $0.monthly == nil && ($0.quantity != nil || $0.unitPrice == nil) }
        if let unknown {
            let part = (parts + earlierParts).first { $0.name == unknown.name }
            return ResourceEstimate(
                identity: resource.identity, type: resource.type, region: region, status: .notPriced,
                reason: "\(unknown.name): \(part.map { reason(for: $0, unknown, region: region) } ?? "no price is known")")
        }
        Self.keepShare(of: amount, removed: &removed, exchanged: &exchanged)
        for index in removed.indices {
            removed[index].name = "less \(removed[index].name)"
            removed[index].quantity = removed[index].quantity.map { -$0 }
            removed[index].monthly = removed[index].monthly.map { -$0 }
        }
        exchanged.removeAll { $0.monthly == nil }
        removed.removeAll { $0.monthly == nil }
        var result = bill(amount, of: resource, region: region)
        result.components += removed + exchanged
        result.monthly = result.components.compactMap(\.monthly).reduce(.zero, +)
        return result
    }

    /// Nobody saves more than what is paid. Where the parts that go would cost more than all that is billed, such as where a commitment pays for
    /// most of it, what comes in their place for less costs the same share of its price.
    private static func keepShare(of billed: FixedDecimal, removed: inout [EstimateComponent], exchanged: inout [EstimateComponent]) {
        let (old, new) = (removed.compactMap(\.monthly).reduce(.zero, +), exchanged.compactMap(\.monthly).reduce(.zero, +))
        guard billed > .zero, old > billed, new < old else { return }
        func cut(_ components: inout [EstimateComponent]) {
            for index in components.indices {
                components[index].monthly = components[index].monthly?.scaled(by: billed.raw, over: old.raw)
                components[index].unitPrice = components[index].unitPrice?.scaled(by: billed.raw, over: old.raw)
                components[index].note = "at the share of its price that the bill shows"
            }
        }
        cut(&removed)
        cut(&exchanged)
    }

    /// The largest difference first, and what is not known last.
    private static func precedes(_ a: EstimateChange.Entry, _ b: EstimateChange.Entry) -> Bool {
        switch (a.difference, b.difference) {
        case (let left?, let right?) where left.magnitude != right.magnitude: left.magnitude > right.magnitude
        case (nil, _?): false
        case (_?, nil): true
        default: a.resource.identity < b.resource.identity
        }
    }
}

extension ResourceRegion {
    fileprivate var name: String? { if case .known(let name) = self { name } else { nil } }
}
