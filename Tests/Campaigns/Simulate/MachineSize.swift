import CostModel

/// The sizes that the company's machines have. Each needs what 1.2 processors and 8 GiB do: `xlarge` is right, `large` is full.
enum MachineSize: String, CaseIterable {
    case large, xlarge, doubled = "2xlarge", quadrupled = "4xlarge"

    init?(type: String) { self.init(rawValue: String(type.dropFirst("m5.".count))) }

    var type: String { "m5.\(rawValue)" }

    /// Thousandths of a dollar an hour.
    var price: Int {
        switch self {
        case .large: 96
        case .xlarge: 192
        case .doubled: 384
        case .quadrupled: 768
        }
    }

    /// Tenths of a per cent that the load takes of processors and memory.
    var load: (cpu: Int, memory: Int) {
        switch self {
        case .large: (600, 1_000)
        case .xlarge: (300, 500)
        case .doubled: (150, 250)
        case .quadrupled: (75, 125)
        }
    }
}
