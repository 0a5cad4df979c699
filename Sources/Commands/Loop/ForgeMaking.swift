import CostModel
import Forge

/// Makes the client of the code host that an operator names.
enum ForgeMaking {
    @Sendable static func make(_ settings: ForgeSettings) throws(ForgeError) -> (any Forge)? {
        switch settings.kind {
        case .none: return nil
        default: throw ForgeError(.invalid, "'\(settings.kind.rawValue)' is not there yet")
        }
    }
}
