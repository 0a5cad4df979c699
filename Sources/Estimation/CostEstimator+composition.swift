import CostModel

/// What a resource is made of.
extension CostEstimator {
    enum Composition: Hashable {
        case free
        case obstacle(EstimateObstacle, region: String?)
        case priced([PricedPart], region: String)

        static func obstacle(_ obstacle: EstimateObstacle) -> Composition { .obstacle(obstacle, region: nil) }

        var region: String? {
            switch self {
            case .free: nil
            case .obstacle(_, let region): region
            case .priced(_, let region): region
            }
        }
    }

    func composition(of resource: Resource, in others: ResourceIndex) -> Composition {
        Self.composition(of: resource, others, usage)
    }

    /// - Parameter usage: what is expected of it, if anything.
    static func composition(of resource: Resource, _ others: ResourceIndex, _ usage: ExpectedUsage = ExpectedUsage()) -> Composition {
        var asked: Set<String> = []
        return composition(of: resource, others, usage, asked: &asked)
    }

    /// - Parameter asked: the keys of a usage file that have an effect.
    static func composition(
        of resource: Resource, _ others: ResourceIndex, _ usage: ExpectedUsage, asked: inout Set<String>
    ) -> Composition {
        guard let model = PriceModels.model(of: resource.type), let provider = PriceModels.provider(of: resource.type) else {
            if FreeTypes.contains(resource.type) { return .free }
            return .obstacle(.notPriced("resources of type '\(resource.type)' are not priced"))
        }
        do throws(EstimateObstacle) {
            let region = try ResourcePlace.region(of: resource, model, in: others)
            var draft = PriceDraft(resource, region: region, provider: provider, others: others, usage: usage)
            defer { asked.formUnion(draft.asked) }
            do throws(EstimateObstacle) {
                try model.make(&draft)
            } catch {
                return .obstacle(error, region: region)
            }
            return draft.parts.isEmpty ? .free : .priced(draft.parts.map(\.counted), region: region)
        } catch {
            return .obstacle(error)
        }
    }
}
