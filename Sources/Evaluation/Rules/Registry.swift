/// All rules, sorted by id. One file a rule in this folder.
package enum RuleRegistry {
    package static let all: [RuleDescription] = [
        AliasedTag.description,
        EmptyTag.description,
        FailedAssertion.description,
        IdleInstance.description,
        MissingTag.description,
        OverBudget.description,
        OversizedInstance.description,
        UnknownTag.description,
        UnownedSpend.description,
        WrongTagValue.description,
    ]

    package static func rule(_ id: String) -> RuleDescription? { all.first { $0.id == id } }
}
