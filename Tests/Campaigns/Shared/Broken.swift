/// Something that must hold does not.
struct Broken: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

func require(_ holds: Bool, _ message: @autoclosure () throws -> String) throws {
    if !holds { throw Broken(try message()) }
}
