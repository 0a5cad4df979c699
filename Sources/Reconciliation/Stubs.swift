import CostModel
import Observation

struct BillReader {
    init(sources: [CostSource], directory: String, now: Instant) {}
    func table(currency: Currency, tagKeys: Set<String>, bases: Set<CostBasis>) -> (CostTable, [ObservationProblem]) {
        (CostTable(currency: currency), [])
    }
}
struct UtilizationReader {
    init(sources: [UtilizationSource], directory: String) {}
    func read(window: Range<Instant>) -> (UtilizationTable, [ObservationProblem]) { (UtilizationTable(), []) }
}
extension InstanceCatalog { static var builtIn: InstanceCatalog { InstanceCatalog(source: "none", entries: []) } }
enum InstanceCatalogReader {
    static func read(_ p: String, directory: String, over: InstanceCatalog) -> (InstanceCatalog, [ObservationProblem]) { (over, []) }
}
enum TaggableTypes { static func takesTags(_ t: String) -> Bool? { t != "aws_volume_attachment" } }
struct StateFiles {
    init(sources: [InventorySource], directory: String) {}
    func join(_ r: [Resource], roots: [String]) -> (resources: [Resource], problems: [ObservationProblem]) { (r, []) }
}
