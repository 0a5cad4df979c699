import CostModel
package import JSON

extension InventoryReport {
    package func json() -> JSONValue {
        context.header.appending([
            "resources": .array(resources.map(entry)), "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    private func entry(_ resource: Resource) -> JSONValue {
        let tags = resource.tags.tags
        return [
            "root": .string(resource.identity.root), "address": .string(resource.identity.address), "type": .string(resource.type),
            "provider": .string(resource.provider), "id": JSONValue(resource.deployed?.id ?? resource.deployed?.arn),
            "team": JSONValue(owners[resource.identity]), "size": JSONValue(size(of: resource)),
            "location": JSONValue(resource.location), "monthlyCost": JSONValue(monthlyCost(of: resource)),
            "tags": .object(tags.map { .init($0.key, entry($0.value)) }),
            // Set when there may be further tags: why they cannot be known before apply.
            "openTags": JSONValue(resource.tags.openReason),
        ]
    }

    private func entry(_ tag: Tag) -> JSONValue {
        [
            "value": JSONValue(tag.value), "unknown": JSONValue(tag.value == nil), "from": JSONValue(tag.from?.description),
        ]
    }
}
