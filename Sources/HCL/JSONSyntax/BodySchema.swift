/// What the properties of a JSON object mean where it is a body. JSON has no way to tell an argument from a block, so it has to be known.
struct BodySchema: Sendable {
    /// How the value of an argument is read.
    enum Reading: Sendable {
        /// A value; texts are templates.
        case expression
        /// A value in which nothing is evaluated: a variable's default, a variable file.
        case literal
        /// Texts are written as expressions, which name things or are types: `"aws_instance.web"`, `"list(string)"`.
        case native
    }

    indirect enum Property: Sendable {
        case argument(Reading)
        case block(labels: Int, BodySchema)
    }

    /// What the names that are not listed mean.
    enum Others: Sendable {
        /// Nothing: the file is wrong.
        case refused
        case arguments(BodySchema.Reading)
        /// What only the provider knows, so that the value has to tell.
        case provider
    }

    var properties: [String: Property]
    var others: Others

    init(_ properties: [String: Property] = [:], others: Others = .arguments(.expression)) {
        self.properties = properties
        self.others = others
    }
}

// MARK: Terraform

extension BodySchema {
    /// A variable file: nothing but arguments.
    static let variables = BodySchema(others: .arguments(.literal))

    /// A file of code.
    static let code = BodySchema(
        [
            "terraform": .block(labels: 0, settings),
            "provider": .block(labels: 1, provider),
            "variable": .block(labels: 1, variable),
            "locals": .block(labels: 0, BodySchema()),
            "output": .block(labels: 1, output),
            "module": .block(labels: 1, BodySchema(["providers": .argument(.native), "depends_on": .argument(.native)])),
            "resource": .block(labels: 2, resource),
            "data": .block(labels: 2, resource),
            "ephemeral": .block(labels: 2, resource),
            "action": .block(labels: 2, BodySchema(repeated.merging(["config": .block(labels: 0, nested)], uniquingKeysWith: { $1 }))),
            "moved": .block(labels: 0, BodySchema(["from": .argument(.native), "to": .argument(.native)])),
            "removed": .block(labels: 0, removed),
            "import": .block(labels: 0, BodySchema(["to": .argument(.native), "provider": .argument(.native)])),
            "check": .block(labels: 1, BodySchema(["assert": .block(labels: 0, BodySchema()), "data": .block(labels: 2, resource)])),
        ], others: .refused)

    private static let settings = BodySchema([
        "backend": .block(labels: 1, nested),
        "cloud": .block(labels: 0, nested),
        "required_providers": .block(labels: 0, BodySchema(others: .arguments(.literal))),
        "provider_meta": .block(labels: 1, nested),
        "state_store": .block(labels: 1, BodySchema(["provider": .block(labels: 1, nested)], others: .provider)),
        "encryption": .block(labels: 0, nested),
    ])

    private static let provider = BodySchema(["alias": .argument(.expression)], others: .provider)

    private static let variable = BodySchema([
        "type": .argument(.native), "default": .argument(.literal), "validation": .block(labels: 0, BodySchema()),
    ])

    private static let output = BodySchema([
        "type": .argument(.native), "depends_on": .argument(.native), "precondition": .block(labels: 0, BodySchema()),
    ])

    private static let repeated: [String: Property] = [
        "count": .argument(.expression), "for_each": .argument(.expression), "provider": .argument(.native),
        "depends_on": .argument(.native),
    ]

    private static let resource = BodySchema(
        repeated.merging(
            [
                "lifecycle": .block(labels: 0, lifecycle), "connection": .block(labels: 0, nested),
                "provisioner": .block(labels: 1, provisioner),
            ], uniquingKeysWith: { $1 }), others: .provider)

    private static let lifecycle = BodySchema([
        "ignore_changes": .argument(.native), "replace_triggered_by": .argument(.native),
        "precondition": .block(labels: 0, BodySchema()), "postcondition": .block(labels: 0, BodySchema()),
        "action_trigger": .block(labels: 0, BodySchema(["events": .argument(.native), "actions": .argument(.native)])),
    ])

    private static let provisioner = BodySchema(
        ["when": .argument(.native), "on_failure": .argument(.native), "connection": .block(labels: 0, nested)],
        others: .arguments(.expression))

    private static let removed = BodySchema([
        "from": .argument(.native), "lifecycle": .block(labels: 0, BodySchema()), "provisioner": .block(labels: 1, provisioner),
    ])

    /// The inside of a block that only its provider knows.
    static let nested = BodySchema(others: .provider)

    /// It may stand wherever such blocks may.
    static let dynamic = BodySchema([
        "for_each": .argument(.expression), "iterator": .argument(.native), "labels": .argument(.expression),
        "content": .block(labels: 0, nested),
    ])
}

extension BodySchema {
    /// Whether an argument of this name is a map in the providers that people use. Every other object in a resource is taken for a block,
    /// as most are: what expects a map there finds none, and says so, where one that expects blocks would find nothing and be content.
    static func isMap(_ name: String) -> Bool {
        guard !["default_tags", "ignore_tags"].contains(name) else { return false }
        return maps.contains(name) || endings.contains { name.utf8.reversed().starts(with: $0.utf8.reversed()) }
    }

    private static let maps: Set<String> = [
        "tags", "labels", "variables", "parameters", "annotations", "metadata", "triggers", "triggers_replace", "keepers", "input",
        "app_settings", "environment_variables", "default_arguments", "non_overridable_arguments", "connection_properties",
        "request_parameters",
        "response_parameters", "stage_variables", "node_selector", "match_labels", "data", "binary_data", "values", "attributes", "options",
    ]
    private static let endings = ["_tags", "_labels", "_annotations", "_variables", "_parameters", "tags_all"]
}
