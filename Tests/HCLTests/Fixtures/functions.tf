# What the expressions of functions.txt may refer to.
locals {
  name   = "web"
  number = 3
  yes    = true
  list   = ["a", "b", "c"]
  typed  = tolist(["x", "y"])
  tags   = { team = "payments", environment = "prod" }
  typed_tags = tomap({ team = "search" })
  nested = { a = { b = [1, 2, { c = "deep" }] } }
  users  = [{ name = "ann", role = "dev" }, { name = "bob", role = "ops" }]
  none   = null
}
