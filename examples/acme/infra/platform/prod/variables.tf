# Its value stands in terraform.tfvars.
variable "environment" {
  type = string
}

# No default and no value in Git: what the queue will carry is known at apply, not before.
variable "event_tags" {
  type = map(string)
}
