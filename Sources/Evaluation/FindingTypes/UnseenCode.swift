import CostModel

/// Marks calls of modules whose code is not in the tree, where a change brings them under a policy that lets new unknowns fail.
package enum UnseenCode {
    package static let id = "unseen-code"
    static let description = FindingType(
        id: id,
        title: "a change calls a module whose code is not in the tree",
        does:
            "Where a tagging policy, a rule or a guardrail says `enforcement: block` and `blockUnknown: true`, marks each call of a module "
            + "from a registry, Git or an archive as unknown that the change brings: a new call, another source or version, more copies, or "
            + "a call that stood for code of the tree before. Calls that the base has stay what they are. What such a module creates can be "
            + "of any type, so that of `match` only `paths` leaves a call out.",
        cost: "None by itself; whatever the module creates is not held against the policy.",
        example: """
            module "batch" {
              source = "git::https://git.example.com/modules.git//batch?ref=v3"
            }
            """,
        remedy: "Bring the module's code into the tree and call it by its path, or let who may agree to it merge an `Exemption` first that "
            + "names the policy and the call: `resources: [\"infra/app:module.batch\"]`.")

    static func message(_ module: UnseenModule) -> String {
        let version = module.version.map { " \($0)" } ?? ""
        return "what \(module.address) creates is not known: the code of '\(module.source)'\(version) is not in this tree"
    }
}
