/// Keeps an optional value outside the one that it is a part of: most are nil, and there are many.
@propertyWrapper
package struct Boxed<Value: Hashable & Sendable>: Hashable, Sendable {
    private indirect enum Content: Hashable, Sendable {
        case none
        case some(Value)
    }

    private var content: Content

    package init(wrappedValue: Value?) { content = wrappedValue.map { .some($0) } ?? .none }

    package var wrappedValue: Value? {
        get {
            switch content {
            case .none: nil
            case .some(let value): value
            }
        }
        set { content = newValue.map { .some($0) } ?? .none }
    }
}
