import Conditions
import CostModel

/// `match`: which resources a policy speaks about.
enum MatchObject: NestedObject {
    static let doc = "Which resources the policy speaks about; every part that is stated must hold."
    static let types = Field("types", .list(of: .glob), "Patterns over the resource type, such as aws_*.")
    static let paths = Field("paths", .list(of: .pathGlob), "Patterns over the path of the file that declares the resource.")
    static let condition = Field("where", .condition, "A condition in CEL over the resource.")
    static let fields = [types.description, paths.description, condition.description]

    static func build(_ record: Record) -> ResourceMatch? {
        let condition = record.value(of: condition)
        if let condition { ConditionCheck(record.decoder).resource(condition, mustBe: .truth) }
        return ResourceMatch(types: record.value(of: types), paths: record.value(of: paths), condition: condition?.condition)
    }
}
