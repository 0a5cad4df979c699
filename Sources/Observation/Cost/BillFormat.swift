import CostModel

/// A format in which providers write bills.
///
/// Everything that is particular to a format stands in its folder below `Formats`: how a file is recognised, its columns, its spelling of
/// dates, amounts and tags, its messages. What adds bills up, samples them and decides which files count sees `BillRow` only.
protocol BillFormat: Sendable {
    /// What people call the format: `FOCUS`.
    var title: String { get }

    /// Whether a file looks like a bill in this format, even when something of it is misspelt or missing.
    func recognises(_ file: BillFile) throws(FileFault) -> Bool

    /// What reads the rows of a file. Nil when the file is no such bill, or lacks what is asked for; the problem is then added to the file's.
    ///
    /// - Parameter required: costs that the file must have a column for; other costs are zero where it has none.
    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)?
}

/// Reads the rows of one file.
protocol BillDecoder {
    associatedtype Row: BillRow

    /// The column that would state a dimension, where the format has one and the file lacks it: someone who asks is told.
    func missingColumn(of dimension: BillDimension) -> String?

    /// What the format calls a cost, for messages: `ListCost`.
    func title(of cost: CostBasis) -> String

    /// The costs that such a file can state at all. Another file may state the others, as Azure's two datasets do; a month for which no
    /// file states a cost that is asked for has no such cost, and that is said.
    var costs: StatedCosts { get }

    /// What to do about the costs that it cannot state.
    var advice: String? { get }

    /// Whether its lines have names of their own.
    var identifiesRows: Bool { get }

    /// Of the rows that were handed out: the billing periods that are no calendar months, by the month in which they start.
    var billingPeriods: [Month: Range<Day>] { get }

    /// Where an oddity was met first among the rows that were handed out.
    func example(of oddity: RowOddities) -> OddityExample?

    /// Says what is only known once all rows were handed out.
    func remark(_ problems: RowProblems)

    /// Hands out the rows one after the other. A record that is no charge is passed over; a record that holds several, such as a charge and
    /// its credits, gives several rows, all of them decoded before the first is handed out: a record counts whole or not at all. A fault
    /// becomes a problem of its row, and the row is left out.
    func forEachRow(problems: RowProblems, _ read: (Row) throws(FieldFault) -> Void) throws(FileFault)

    /// Decoders that divide the rows among them, this one among them, each for a thread of its own and with numbers of its own. Nil: the rows are
    /// read one after another.
    func divided(among numbers: [BillNumbers]) -> [(decoder: Self, table: CSVTable)]?

    /// Takes what other parts met.
    func add(_ parts: [Self])

    /// `forEachRow` for a receiver. Formats do not write it: that it is a requirement lets the compiler make the loop anew for each format,
    /// so that nothing within it is looked up at run time.
    func read(_ file: BillFile, into receiver: RowReceiver) throws(FileFault)
}

/// A charge as a row of a bill states it, whatever the format.
///
/// One object stands for all rows of a file in turn, and decodes what it is asked for when it is asked: a question pays for the dimensions
/// that it names, and no row costs memory.
protocol BillRow: AnyObject {
    /// The month of the invoice. Asked first: where a later file restates the month, nothing else of the row is read.
    func billingMonth() throws(FieldFault) -> Month

    /// When, of what kind, in which currency, how much.
    func charge() throws(FieldFault) -> Charge

    /// The last day of the charge's period: coverage asks, for bills that state a month as one row.
    func lastDay(of charge: Charge) -> Day

    /// Whether it corrects what was billed before: it says nothing of what has arrived of its day.
    var isCorrection: Bool { get }

    /// A text, empty for none. Its bytes stay valid until the next one is asked for.
    func text(_ text: ChargeText) throws(FieldFault) -> UnsafeBufferPointer<UInt8>

    /// The number of the row's asked tags among those of `BillNumbers`.
    func tagSet() throws(FieldFault) -> Int32

    /// How much was used. What cannot be read is not known, which is no fault of the row's cost.
    func quantity() -> ChargeQuantity?

    /// What its price is for, and at which kind of price.
    func pricing() -> RowPricing

    /// The kind of its price, and whether it is what was used or not used of a commitment.
    func terms() throws(FieldFault) -> ChargeTerms.Pricing

    /// The hour since 1970 in which it was charged; nil where it lasts longer, or nobody can tell.
    func hour() throws(FieldFault) -> Int32?

    /// What turns the row's amounts into another currency by the rate that the row itself states; nil: it states none for that.
    func ownFactor(into target: Currency) throws(FieldFault) -> ExchangeFactor?

    /// The field that states a cost, for faults.
    func field(of cost: CostBasis) -> Int

    /// The same for two rows that say the same.
    func digest(_ hash: ByteHash) throws(FieldFault) -> UInt64

    /// The digest of what makes another row a copy of this one; nil: it is a further charge of a line, or stands for several lines.
    func copyKey() -> UInt64?

    /// What is remembered of a row whose digest is looked at.
    func trace() throws(FieldFault) -> RowTrace

    /// What is unusual about the row as far as it was decoded; `charge()` begins anew.
    var oddities: RowOddities { get }

    /// The line of the file on which the row starts.
    var line: Int { get }

    /// How many charges of the bill the row stands for.
    var chargeCount: Int { get }

    /// Where a value of the row comes from, and by which rule.
    func origin(of column: FOCUSValue) -> ValueOrigin
}

extension BillRow {
    /// Formats that do not tell kinds of prices apart state what a unit costs on demand.
    func pricing() -> RowPricing { RowPricing(quantity: quantity(), isOnDemand: true) }
    func terms() throws(FieldFault) -> ChargeTerms.Pricing { .unstated }
    func hour() throws(FieldFault) -> Int32? { nil }
}

/// A format whose rows are either read whole or left out has nothing to say of odd ones.
extension BillRow {
    var oddities: RowOddities { [] }

    func ownFactor(into target: Currency) throws(FieldFault) -> ExchangeFactor? { nil }

    func digest(_ hash: ByteHash) throws(FieldFault) -> UInt64 {
        let amounts = try charge().amounts
        var digest: UInt64 = 0
        for cost in CostBasis.allCases {
            let raw = amounts[cost].raw
            digest = hash.joined(digest, UInt64(truncatingIfNeeded: raw))
            digest = hash.joined(digest, UInt64(truncatingIfNeeded: raw >> 64))
        }
        for text in [ChargeText.account, .service, .resource, .sku, .description] {
            digest = hash.joined(digest, hash.hash(try self.text(text)))
        }
        return digest
    }

    func copyKey() -> UInt64? { nil }

    func trace() throws(FieldFault) -> RowTrace { RowTrace(content: 0, line: line) }

    func lastDay(of charge: Charge) -> Day { charge.day }

    var isCorrection: Bool { false }

    func origin(of column: FOCUSValue) -> ValueOrigin { ValueOrigin() }

    @inline(__always)
    var chargeCount: Int { 1 }
}

extension BillDecoder {
    func example(of oddity: RowOddities) -> OddityExample? { nil }
    func remark(_ problems: RowProblems) {}
    var identifiesRows: Bool { false }
    var billingPeriods: [Month: Range<Day>] { [:] }
    var costs: StatedCosts { .all }
    func divided(among numbers: [BillNumbers]) -> [(decoder: Self, table: CSVTable)]? { nil }
    func add(_ parts: [Self]) {}
    var advice: String? { nil }
}

/// What every reading needs of a row.
struct Charge {
    /// A charge counts whole on the day on which it starts.
    var day: Day
    var category: ChargeCategory
    /// By its number among those of `BillNumbers`; nil when the bill states none.
    var currency: Int?
    /// Zero where the row states none.
    var amounts = CostAmounts()
    var stated: StatedCosts = []
}

/// The costs that a row states.
struct StatedCosts: OptionSet, Hashable {
    var rawValue: UInt8

    static let effective = StatedCosts(rawValue: 1)
    static let billed = StatedCosts(rawValue: 2)
    static let list = StatedCosts(rawValue: 4)
    static let contracted = StatedCosts(rawValue: 8)
    static let all: StatedCosts = [.effective, .billed, .list, .contracted]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ cost: CostBasis) {
        switch cost {
        case .effective: self = .effective
        case .billed: self = .billed
        case .list: self = .list
        case .contracted: self = .contracted
        }
    }
}

/// How much of something was used.
struct ChargeQuantity {
    /// Of one row; a day's sums then stay far from what can be held.
    private static let limit = FixedDecimal(1_000_000_000_000)

    var amount: FixedDecimal
    var unit: String

    /// Nil unless the amount is a number that can be held.
    init?(_ text: String, unit: String) {
        guard let amount = FixedDecimal(exactly: text), amount.magnitude < Self.limit else { return nil }
        self.amount = amount
        self.unit = unit
    }
}

/// The texts of a row.
enum ChargeText: Hashable, Sendable {
    case account, provider, service, region, resource, sku, skuPrice, instanceType, description
    /// Of the commitment that pays for it, or that it is about.
    case commitment, commitmentType, commitmentCategory
    /// What tells of which kind transfer is: AWS's usage type and operation, the name of a meter or SKU.
    case usageType, operation, meter

    /// Bills without commitments have no such columns: nobody need be told.
    var isOfCommitment: Bool { [.commitment, .commitmentType, .commitmentCategory].contains(self) }
}
