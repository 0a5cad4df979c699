internal import Diagnostics

/// What one evaluation needs while it runs: the values of names, and what it has cost so far.
struct Frame {
    let variables: UnsafeBufferPointer<CELValue>
    /// The values of names that macros introduce.
    let slots: UnsafeMutablePointer<CELValue>
    unowned(unsafe) let program: CELProgram
    var meter: Meter
    /// What a condition came to when it was neither true nor false.
    var pending = CELValue.null
    var rounds = 0
    var taken: Set<Int> = []

    /// Counts one round of a macro; the error that ends it when it has gone on for too long.
    @inline(__always)
    mutating func nextRound() -> CELError? {
        meter.cost &+= 1
        rounds &+= 1
        if meter.cost > meter.costLimit { return meter.costError }
        if rounds % 100 == 0, program.limits.interrupt?() ?? false || WorkLimit.isReached {
            return CELError("the evaluation was interrupted: its deadline has passed", isLimit: true)
        }
        return nil
    }
}

/// Counts what an evaluation costs, and knows how large things may grow.
struct Meter {
    var cost: UInt64 = 0
    let costLimit: UInt64
    let textLength: Int
    let listLength: Int
    let patternSteps: Int
    let nesting: Int

    init(_ limits: CELLimits) {
        costLimit = limits.cost
        textLength = limits.textLength
        listLength = limits.listLength
        patternSteps = limits.patternSteps
        nesting = limits.nesting
    }

    var costError: CELError {
        CELError("the cost limit of \(costLimit) is exceeded", isLimit: true)
    }

    /// Adds to the cost; false when the limit is exceeded.
    @inline(__always)
    mutating func charge(_ amount: UInt64) -> Bool {
        cost = cost.addingReportingOverflow(amount).overflow ? .max : cost &+ amount
        return cost <= costLimit
    }

    /// Whether a text of this many bytes may be produced.
    func textError(_ length: Int) -> CELError? {
        length > textLength ? CELError("the text limit of \(textLength) bytes is exceeded", isLimit: true) : nil
    }

    func depthError(_ depth: Int) -> CELError? {
        depth > nesting ? CELError("the value nests deeper than the limit of \(nesting)", isLimit: true) : nil
    }

    func listError(_ length: Int) -> CELError? {
        length > listLength ? CELError("the list limit of \(listLength) elements is exceeded", isLimit: true) : nil
    }
}

extension CELProgram {
    func run(_ variables: UnsafeBufferPointer<CELValue>) -> CELResult {
        withUnsafeTemporaryAllocation(of: CELValue.self, capacity: slotCount) { slots in
            guard let base = slots.baseAddress else { return run(variables, slots: nil) }
            slots.initialize(repeating: .null)
            defer { slots.deinitialize() }
            return run(variables, slots: base)
        }
    }

    private func run(_ variables: UnsafeBufferPointer<CELValue>, slots: UnsafeMutablePointer<CELValue>?) -> CELResult {
        // Without slots no node looks at the pointer.
        let slots = slots ?? UnsafeMutablePointer(bitPattern: MemoryLayout<CELValue>.alignment)!
        var frame = Frame(variables: variables, slots: slots, program: self, meter: Meter(limits))
        var value = root.evaluate(&frame)
        if value.depth > 0, let error = frame.meter.listError(value.count(upTo: limits.listLength)) { value = .error(error) }
        if frame.meter.cost > limits.cost { value = .error(frame.meter.costError) }
        return CELResult(value: value, cost: frame.meter.cost, branches: frame.taken)
    }
}

extension CELValue {
    /// How many values lie in each other, counted as often as they are met, up to a little more than a limit. A few lists can share so much
    /// that whoever prints them never ends.
    fileprivate func count(upTo limit: Int) -> Int {
        var count = 1
        func add(_ value: CELValue) {
            guard value.depth > 0, count <= limit else { return }
            count += value.count(upTo: limit - count)
        }
        switch self {
        case .list(let list):
            count += list.elements.count
            list.elements.forEach(add)
        case .map(let map):
            count += map.count
            map.values.forEach(add)
        case .optional(let optional):
            if let wrapped = optional.wrapped { add(wrapped) }
        default: break
        }
        return count
    }
}
