import CostModel

/// Azure exports a bill twice: once as it is billed, once with commitments spread over what they cover. Each charge that no commitment touches
/// costs the same in both, so that one of them tells nothing of the other, and both together are twice the money.
enum AzureDataset: Hashable {
    case actual, amortized
    /// Neither the manifest nor a name says which one it is.
    case unknown

    init(of file: BillFile) {
        if let type = file.delivered.dataset, let said = Self(named: type) {
            self = said
            return
        }
        // The file's own name says more than that of a folder above it.
        self = file.file.name.split(separator: "/").reversed().lazy.compactMap { Self(named: String($0)) }.first ?? .unknown
    }

    /// `AmortizedCost`, `part-of-actual-cost.csv`.
    private init?(named text: String) {
        let lower = text.lowercased()
        if lower.contains("amortized") || lower.contains("amortised") {
            self = .amortized
        } else if lower.contains("actual") {
            self = .actual
        } else {
            return nil
        }
    }

    /// The costs that its rows can state.
    func costs(hasUnitPrice: Bool) -> StatedCosts {
        switch self {
        case .actual: hasUnitPrice ? [.billed, .contracted] : [.billed]
        case .amortized: [.effective]
        case .unknown: [.billed, .effective]
        }
    }
}
