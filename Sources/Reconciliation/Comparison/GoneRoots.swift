import CostModel
import Observation

/// The roots of the base that a change takes out of sight: their code is gone, moved away, or not observed any more.
///
/// That nobody looks does not mean that anything was fixed. Only where a state says that nothing is deployed is a root really gone; until
/// then its findings are listed, and a blocking one fails. Who takes a root down empties its state first, or agrees with the others on an
/// exemption, which the base then has.
struct GoneRoots {
    /// By root, why its findings count still.
    private let details: [String: String]

    init(before: EvaluatedWorkspace?, after: EvaluatedWorkspace) {
        guard let before else {
            details = [:]
            return
        }
        details = before.estate.roots.subtracting(after.estate.roots).reduce(into: [:]) { details, root in
            switch before.estate.deployment(of: root) {
            case .deployed: details[root] = Self.deployed(root)
            case .unknown: details[root] = Self.unknown(root)
            case .nothing: break
            }
        }
    }

    /// Nil: its root is there, or nothing of it is deployed.
    func detail(of finding: Finding) -> String? { finding.resource.flatMap { details[$0.identity.root] } }

    private static func deployed(_ root: String) -> String {
        "its root '\(root)' is gone, and its state is not empty: destroy what it deployed first, or exempt it in the base"
    }

    private static func unknown(_ root: String) -> String {
        "its root '\(root)' is gone, and no state says that nothing of it is deployed: exempt it in the base"
    }
}
