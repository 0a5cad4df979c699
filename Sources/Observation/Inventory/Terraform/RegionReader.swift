import CostModel
import HCL

/// Finds the region that a resource will run in: by its own arguments, else by those of its provider.
enum RegionReader {
    static func region(of instance: ResourceInstance) -> ResourceRegion {
        let provider = ModuleInstance.providerName(of: instance.declaration)
        // An alias such as `aws.west` has the kind of its first part.
        switch provider.prefix(while: { $0 != "." }) {
        case "azurerm": return own("location", of: instance) ?? .unknown("the code does not say where it is: it has no 'location'")
        case "google", "google-beta":
            return own("region", of: instance) ?? zone("zone", of: instance) ?? location(of: instance) ?? configured(
                "region", provider, instance)
                ?? configured("zone", provider, instance).map(withoutZone) ?? .unknown(noRegion(provider))
        case "aws":
            return own("region", of: instance) ?? zone("availability_zone", of: instance) ?? configured("region", provider, instance)
                ?? .unknown(noRegion(provider))
        default: return .unknown("the provider '\(provider)' is not priced")
        }
    }

    private static func noRegion(_ provider: String) -> String { "the provider '\(provider)' names no region" }

    private static func own(_ name: String, of instance: ResourceInstance) -> ResourceRegion? {
        instance.argument(name).flatMap(region)
    }

    /// `us-east-1a` and `europe-west3-c`. A zone that is not known yet leaves it to the provider's region, in which it must be.
    private static func zone(_ name: String, of instance: ResourceInstance) -> ResourceRegion? {
        guard let zone = own(name, of: instance), case .known = zone else { return nil }
        return withoutZone(zone)
    }

    /// A zone, a region or a larger area, in which Google's clusters and buckets are.
    private static func location(of instance: ResourceInstance) -> ResourceRegion? {
        guard let location = own("location", of: instance), case .known(let name) = location else { return own("location", of: instance) }
        return name.split(separator: "-").count > 2 ? withoutZone(location) : location
    }

    private static func withoutZone(_ zone: ResourceRegion) -> ResourceRegion {
        guard case .known(let name) = zone, let last = name.last, last.isLetter else { return zone }
        let region = name.dropLast()
        return .known(String(region.last == "-" ? region.dropLast() : region))
    }

    private static func configured(_ name: String, _ provider: String, _ instance: ResourceInstance) -> ResourceRegion? {
        guard let (declaration, module) = instance.module.provider(provider), let (attribute, file) = declaration.attribute(name) else {
            return nil
        }
        return region(module.evaluator.value(of: attribute.value, in: module.scope(file, of: declaration)))
    }

    /// Nil for null, which leaves it to somebody else.
    private static func region(_ value: Value) -> ResourceRegion? {
        if value.isNull { return nil }
        if let text = value.text { return .known(ResourceRegion.named(text)) }
        return .unknown(value.deepUnknownReason ?? "a region is a string, but this is \(value.typeName)")
    }
}
