/// Two questions whose short ids agree, found by trying 48 million names: what somebody can do in a minute.
///
/// Both are asked by `TaggingPolicy/cost-allocation` about a queue in `infra/app` and its tag `cost-center`.
package enum Collision {
    package static let id = "f-1fa9c51ba99d"
    package static let names = ["q394454", "q32418576"]
    package static let root = "infra/app"
    package static let subject = "cost-center"
    package static let policy = "cost-allocation"
}
