// The chart incident-bot, its implementations by their names only. Not the bot itself.
import { createMachine } from 'xstate'

export const machine = createMachine({
  "id": "incident-bot",
  "version": "1",
  "type": "parallel",
  "states": {
    "signalling": {
      "initial": "starting",
      "on": {
        "transfer.asked": {
          "actions": "transferAsked"
        }
      },
      "states": {
        "starting": {
          "always": [
            {
              "target": "creating",
              "guard": "isOutgoing"
            },
            {
              "target": "adopting",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "unknown"
                }
              }
            },
            {
              "target": "terminated",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "terminated"
                }
              }
            },
            {
              "target": "terminating",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "terminating"
                }
              },
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            {
              "target": "redirecting",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "redirecting"
                }
              },
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.redirecting"
                }
              }
            },
            {
              "target": "establishing",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "establishing"
                }
              },
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.establishing"
                }
              }
            },
            {
              "target": "established",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "established"
                }
              },
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.established"
                }
              }
            },
            {
              "target": "hold",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "hold"
                }
              },
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.held"
                  }
                }
              ]
            },
            {
              "target": "transferring",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "transferring"
                }
              },
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferring"
                  }
                }
              ]
            },
            {
              "target": "transferAccepted",
              "guard": {
                "type": "startsAs",
                "params": {
                  "state": "transferAccepted"
                }
              },
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferAccepted"
                  }
                }
              ]
            },
            {
              "target": "offered",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.incoming"
                }
              }
            }
          ]
        },
        "creating": {
          "entry": "createCall",
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "callState.established": {
              "target": "established",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.established"
                }
              }
            },
            "callState.hold": {
              "target": "hold",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.held"
                  }
                }
              ]
            },
            "callState.transferring": {
              "target": "transferring",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferring"
                  }
                }
              ]
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferAccepted"
                  }
                }
              ]
            },
            "createCall.accepted": {
              "target": "establishing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.establishing"
                }
              }
            },
            "createCall.failed": [
              {
                "target": "withdrawn",
                "guard": "isUnresolved"
              },
              {
                "target": "terminated"
              }
            ],
            "callState.establishing": {
              "target": "establishing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.establishing"
                }
              }
            },
            "callState.ringing": {
              "target": "ringing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.ringing"
                }
              }
            }
          }
        },
        "withdrawn": {
          "after": {
            "withdrawnDeadline": "terminated"
          },
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "callState.establishing": {
              "target": "terminating",
              "actions": "hangUp"
            },
            "callState.ringing": {
              "target": "terminating",
              "actions": "hangUp"
            },
            "callState.established": {
              "target": "terminating",
              "actions": "hangUp"
            },
            "callState.hold": {
              "target": "terminating",
              "actions": "hangUp"
            },
            "callState.transferring": {
              "target": "terminating",
              "actions": "hangUp"
            },
            "callState.transferAccepted": {
              "target": "terminating",
              "actions": "hangUp"
            }
          }
        },
        "adopting": {
          "entry": "getCall",
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "callState.established": {
              "target": "established",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.established"
                }
              }
            },
            "callState.hold": {
              "target": "hold",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.held"
                  }
                }
              ]
            },
            "callState.transferring": {
              "target": "transferring",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferring"
                  }
                }
              ]
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferAccepted"
                  }
                }
              ]
            },
            "callState.incoming": {
              "target": "offered",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.incoming"
                }
              }
            },
            "callState.establishing": {
              "target": "establishing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.establishing"
                }
              }
            },
            "callState.ringing": {
              "target": "ringing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.ringing"
                }
              }
            },
            "callState.redirecting": {
              "target": "redirecting",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.redirecting"
                }
              }
            }
          }
        },
        "offered": {
          "initial": "incoming",
          "after": {
            "answerDeadline": {
              "target": ".missed",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "answer.missed"
                }
              }
            }
          },
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "reject"
            },
            "callState.established": {
              "target": "established",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.established"
                }
              }
            },
            "callState.hold": {
              "target": "hold",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.held"
                  }
                }
              ]
            },
            "callState.transferring": {
              "target": "transferring",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferring"
                  }
                }
              ]
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferAccepted"
                  }
                }
              ]
            },
            "answer.asked": ".answering",
            "answer.accepted": {
              "target": "establishing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.establishing"
                }
              }
            },
            "answer.failed": ".awaitingDecision",
            "reject.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "redirect.asked": {
              "target": "redirecting",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.redirecting"
                }
              }
            },
            "callState.redirecting": {
              "target": "redirecting",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.redirecting"
                }
              }
            },
            "callState.establishing": {
              "target": "establishing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.establishing"
                }
              }
            }
          },
          "states": {
            "incoming": {
              "always": {
                "target": "answering",
                "guard": "answersByDefault",
                "actions": "answer"
              }
            },
            "answering": {},
            "awaitingDecision": {},
            "missed": {
              "entry": "getCall"
            }
          }
        },
        "redirecting": {
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "callState.established": {
              "target": "established",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.established"
                }
              }
            },
            "callState.hold": {
              "target": "hold",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.held"
                  }
                }
              ]
            },
            "callState.transferring": {
              "target": "transferring",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferring"
                  }
                }
              ]
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferAccepted"
                  }
                }
              ]
            },
            "redirect.failed": "#incident-bot.signalling.offered.awaitingDecision",
            "callState.establishing": {
              "target": "establishing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.establishing"
                }
              }
            }
          }
        },
        "establishing": {
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "callState.established": {
              "target": "established",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.established"
                }
              }
            },
            "callState.hold": {
              "target": "hold",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.held"
                  }
                }
              ]
            },
            "callState.transferring": {
              "target": "transferring",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferring"
                  }
                }
              ]
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferAccepted"
                  }
                }
              ]
            },
            "callState.ringing": {
              "target": "ringing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.ringing"
                }
              }
            }
          }
        },
        "ringing": {
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "callState.established": {
              "target": "established",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.established"
                }
              }
            },
            "callState.hold": {
              "target": "hold",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.held"
                  }
                }
              ]
            },
            "callState.transferring": {
              "target": "transferring",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferring"
                  }
                }
              ]
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "actions": [
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.established"
                  }
                },
                {
                  "type": "tell",
                  "params": {
                    "fact": "call.transferAccepted"
                  }
                }
              ]
            }
          }
        },
        "established": {
          "always": {
            "target": "hold",
            "guard": "isHeldInRoster",
            "actions": {
              "type": "tell",
              "params": {
                "fact": "call.held"
              }
            }
          },
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "transfer.failed": {
              "actions": "transferFailed"
            },
            "callState.transferring": {
              "target": "transferring",
              "guard": "transferMayGoOn",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.transferring"
                }
              }
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "guard": "transferMayGoOn",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.transferAccepted"
                }
              }
            },
            "callState.established": {
              "target": "established",
              "guard": "tellsFailedTransfer",
              "actions": "tellTransferFailed"
            },
            "callState.hold": {
              "target": "hold",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.held"
                }
              }
            }
          }
        },
        "hold": {
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "transfer.failed": {
              "actions": "transferFailed"
            },
            "callState.transferring": {
              "target": "transferring",
              "guard": "transferMayGoOn",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.transferring"
                }
              }
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "guard": "transferMayGoOn",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.transferAccepted"
                }
              }
            },
            "callState.established": [
              {
                "target": "established",
                "guard": "tellsFailedTransfer",
                "actions": "tellTransferFailed"
              },
              {
                "target": "established",
                "guard": "not(isHeldInRoster)",
                "actions": {
                  "type": "tell",
                  "params": {
                    "fact": "call.resumed"
                  }
                }
              }
            ],
            "roster.updated": {
              "target": "established",
              "guard": "leavesHoldInRoster",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.resumed"
                }
              }
            }
          }
        },
        "transferring": {
          "after": {
            "lookUpInterval": {
              "target": "transferring",
              "actions": "getCall",
              "reenter": true
            }
          },
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "callState.established": {
              "target": "established",
              "guard": "hasResult",
              "actions": "tellTransferFailed"
            },
            "getCall.completed": {
              "target": "established",
              "guard": "answersEstablished",
              "actions": "tellTransferFailed"
            },
            "callState.transferAccepted": {
              "target": "transferAccepted",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.transferAccepted"
                }
              }
            }
          }
        },
        "transferAccepted": {
          "after": {
            "lookUpInterval": {
              "target": "transferAccepted",
              "actions": "getCall",
              "reenter": true
            }
          },
          "on": {
            "callState.terminated": {
              "target": "terminated",
              "actions": [
                "keepResult",
                {
                  "type": "tell",
                  "params": {
                    "fact": "transfer.completed"
                  }
                }
              ]
            },
            "call.gone": "terminated",
            "callState.terminating": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "hangUp.asked": {
              "target": "terminating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.terminating"
                }
              }
            },
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "callState.established": {
              "target": "established",
              "guard": "hasResult",
              "actions": "tellTransferFailed"
            },
            "getCall.completed": {
              "target": "established",
              "guard": "answersEstablished",
              "actions": "tellTransferFailed"
            }
          }
        },
        "terminating": {
          "after": {
            "terminatingDeadline": {
              "target": "terminating",
              "actions": "hangUp",
              "reenter": true
            }
          },
          "on": {
            "callState.terminated": [
              {
                "target": "terminated",
                "guard": "tellsTransferCompleted",
                "actions": [
                  "keepResult",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "transfer.completed"
                    }
                  }
                ]
              },
              {
                "target": "terminated",
                "actions": "keepResult"
              }
            ],
            "call.gone": "terminated",
            "admin.hungUp": {
              "actions": "hangUp"
            },
            "createCall.failed": [
              {
                "target": "withdrawn",
                "guard": "isUnresolved"
              },
              {
                "target": "terminated"
              }
            ]
          }
        },
        "terminated": {
          "type": "final",
          "entry": "tellTerminated"
        }
      }
    },
    "topology": {
      "initial": "starting",
      "states": {
        "starting": {
          "always": [
            {
              "target": "multiparty",
              "guard": "isGroup"
            },
            {
              "target": "peerToPeer"
            }
          ]
        },
        "peerToPeer": {
          "on": {
            "call.terminated": "ended",
            "invite.completed": {
              "target": "#incident-bot.topology.multiparty.rosterSilent",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.escalated"
                }
              }
            },
            "invite.asked": {
              "target": "escalating",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.escalating"
                }
              }
            },
            "call.updated": [
              {
                "target": "dropped",
                "guard": "becomesForeignGroup",
                "actions": [
                  "mergeCall",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "call.escalating"
                    }
                  }
                ]
              },
              {
                "target": "#incident-bot.topology.multiparty.rosterSilent",
                "guard": "becomesGroup",
                "actions": [
                  "mergeCall",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "call.escalated"
                    }
                  }
                ]
              },
              {
                "actions": "mergeCall"
              }
            ],
            "roster.updated": [
              {
                "target": "#incident-bot.topology.multiparty.rosterLive",
                "guard": "isNotified",
                "actions": [
                  "keepRoster",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "call.escalated"
                    }
                  }
                ]
              },
              {
                "target": "#incident-bot.topology.multiparty.rosterSilent",
                "actions": [
                  "keepRoster",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "call.escalated"
                    }
                  }
                ]
              }
            ]
          }
        },
        "escalating": {
          "on": {
            "call.terminated": "ended",
            "invite.completed": {
              "target": "#incident-bot.topology.multiparty.rosterSilent",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.escalated"
                }
              }
            },
            "invite.failed": "peerToPeer",
            "invite.cancelled": "peerToPeer",
            "call.updated": [
              {
                "target": "#incident-bot.topology.multiparty.rosterSilent",
                "guard": "becomesGroup",
                "actions": [
                  "mergeCall",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "call.escalated"
                    }
                  }
                ]
              },
              {
                "actions": "mergeCall"
              }
            ],
            "roster.updated": [
              {
                "target": "#incident-bot.topology.multiparty.rosterLive",
                "guard": "isNotified",
                "actions": [
                  "keepRoster",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "call.escalated"
                    }
                  }
                ]
              },
              {
                "target": "#incident-bot.topology.multiparty.rosterSilent",
                "actions": [
                  "keepRoster",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "call.escalated"
                    }
                  }
                ]
              }
            ]
          }
        },
        "dropped": {
          "on": {
            "call.terminated": "ended",
            "call.updated": {
              "actions": "mergeCall"
            }
          }
        },
        "multiparty": {
          "initial": "rosterLive",
          "on": {
            "call.terminated": "ended",
            "call.updated": {
              "actions": "mergeCall"
            },
            "engine.resumed": {
              "guard": "not(or(stateIn, stateIn))",
              "actions": "listParticipants"
            },
            "admin.nudged": {
              "guard": "not(or(stateIn, stateIn))",
              "actions": "listParticipants"
            },
            "mute.failed": {
              "guard": "isFateUnknown",
              "actions": "listParticipants"
            },
            "unmute.failed": {
              "guard": "isFateUnknown",
              "actions": "listParticipants"
            },
            "screenSharingRole.failed": {
              "guard": "isFateUnknown",
              "actions": "listParticipants"
            }
          },
          "states": {
            "rosterLive": {
              "after": {
                "keepAliveInterval": [
                  {
                    "target": "rosterLive",
                    "guard": "not(or(stateIn, stateIn))",
                    "actions": "listParticipants",
                    "reenter": true
                  },
                  {
                    "target": "rosterLive",
                    "reenter": true
                  }
                ]
              },
              "on": {
                "roster.updated": [
                  {
                    "guard": "hasGap",
                    "actions": [
                      "keepRoster",
                      "listParticipants"
                    ]
                  },
                  {
                    "actions": "keepRoster"
                  }
                ]
              }
            },
            "rosterSilent": {
              "always": {
                "target": "rosterPolled",
                "guard": "pollsRoster"
              },
              "on": {
                "roster.updated": [
                  {
                    "target": "rosterLive",
                    "guard": "isNotified",
                    "actions": "keepRoster"
                  },
                  {
                    "actions": "keepRoster"
                  }
                ]
              }
            },
            "rosterPolled": {
              "entry": "listParticipants",
              "after": {
                "rosterPoll": {
                  "target": "rosterPolled",
                  "reenter": true
                }
              },
              "on": {
                "roster.updated": [
                  {
                    "target": "rosterLive",
                    "guard": "isNotified",
                    "actions": "keepRoster"
                  },
                  {
                    "actions": "keepRoster"
                  }
                ]
              }
            }
          }
        },
        "ended": {
          "id": "topologyEnded",
          "type": "final"
        }
      }
    },
    "audio": {
      "initial": "unmuted",
      "states": {
        "unmuted": {
          "on": {
            "call.terminated": "ended",
            "mute.asked": {
              "target": "muting",
              "actions": "keepMuteAsked"
            },
            "roster.updated": {
              "target": "muted",
              "guard": "becomesMuted",
              "actions": [
                "keepMuted",
                {
                  "type": "tell",
                  "params": {
                    "fact": "self.muted"
                  }
                }
              ]
            }
          }
        },
        "muting": {
          "on": {
            "call.terminated": "ended",
            "mute.asked": {
              "target": "muting",
              "actions": "keepMuteAsked"
            },
            "unmute.asked": {
              "target": "unmuting",
              "actions": "keepMuteAsked"
            },
            "mute.completed": [
              {
                "target": "muted",
                "guard": "answersLatestMute",
                "actions": [
                  "keepMuted",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "self.muted"
                    }
                  }
                ]
              },
              {
                "actions": [
                  "keepMuted",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "self.muted"
                    }
                  }
                ]
              }
            ],
            "unmute.completed": {
              "actions": [
                "keepUnmuted",
                {
                  "type": "tell",
                  "params": {
                    "fact": "self.unmuted"
                  }
                }
              ]
            },
            "mute.failed": [
              {
                "target": "muted",
                "guard": "and(answersLatestMute, isMuted)"
              },
              {
                "target": "unmuted",
                "guard": "answersLatestMute"
              }
            ],
            "roster.updated": {
              "target": "muted",
              "guard": "becomesMuted",
              "actions": [
                "keepMuted",
                {
                  "type": "tell",
                  "params": {
                    "fact": "self.muted"
                  }
                }
              ]
            }
          }
        },
        "muted": {
          "on": {
            "call.terminated": "ended",
            "unmute.asked": {
              "target": "unmuting",
              "actions": "keepMuteAsked"
            },
            "roster.updated": {
              "target": "unmuted",
              "guard": "becomesUnmuted",
              "actions": [
                "keepUnmuted",
                {
                  "type": "tell",
                  "params": {
                    "fact": "self.unmuted"
                  }
                }
              ]
            }
          }
        },
        "unmuting": {
          "on": {
            "call.terminated": "ended",
            "mute.asked": {
              "target": "muting",
              "actions": "keepMuteAsked"
            },
            "unmute.asked": {
              "target": "unmuting",
              "actions": "keepMuteAsked"
            },
            "unmute.completed": [
              {
                "target": "unmuted",
                "guard": "answersLatestMute",
                "actions": [
                  "keepUnmuted",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "self.unmuted"
                    }
                  }
                ]
              },
              {
                "actions": [
                  "keepUnmuted",
                  {
                    "type": "tell",
                    "params": {
                      "fact": "self.unmuted"
                    }
                  }
                ]
              }
            ],
            "mute.completed": {
              "actions": [
                "keepMuted",
                {
                  "type": "tell",
                  "params": {
                    "fact": "self.muted"
                  }
                }
              ]
            },
            "unmute.failed": [
              {
                "target": "muted",
                "guard": "and(answersLatestMute, isMuted)"
              },
              {
                "target": "unmuted",
                "guard": "answersLatestMute"
              }
            ],
            "roster.updated": {
              "target": "unmuted",
              "guard": "becomesUnmuted",
              "actions": [
                "keepUnmuted",
                {
                  "type": "tell",
                  "params": {
                    "fact": "self.unmuted"
                  }
                }
              ]
            }
          }
        },
        "ended": {
          "type": "final"
        }
      }
    },
    "screenSharing": {
      "initial": "viewer",
      "on": {
        "contentSharing.reported": {
          "actions": "raise"
        }
      },
      "states": {
        "viewer": {
          "on": {
            "call.terminated": "ended",
            "screenSharingRole.asked": {
              "target": "becomingSharer",
              "guard": {
                "type": "asksRole",
                "params": {
                  "role": "sharer"
                }
              }
            },
            "roster.updated": {
              "target": "sharer",
              "guard": "selfSharing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "self.sharing"
                }
              }
            }
          }
        },
        "becomingSharer": {
          "on": {
            "call.terminated": "ended",
            "screenSharingRole.asked": {
              "target": "becomingViewer",
              "guard": {
                "type": "asksRole",
                "params": {
                  "role": "viewer"
                }
              }
            },
            "screenSharingRole.failed": [
              {
                "target": "sharer",
                "guard": "isSharer"
              },
              {
                "target": "viewer"
              }
            ],
            "roster.updated": {
              "target": "sharer",
              "guard": "selfSharing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "self.sharing"
                }
              }
            }
          }
        },
        "sharer": {
          "on": {
            "call.terminated": "ended",
            "screenSharingRole.asked": {
              "target": "becomingViewer",
              "guard": {
                "type": "asksRole",
                "params": {
                  "role": "viewer"
                }
              }
            },
            "roster.updated": {
              "target": "viewer",
              "guard": "selfNotSharing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "self.viewing"
                }
              }
            }
          }
        },
        "becomingViewer": {
          "on": {
            "call.terminated": "ended",
            "screenSharingRole.asked": {
              "target": "becomingSharer",
              "guard": {
                "type": "asksRole",
                "params": {
                  "role": "sharer"
                }
              }
            },
            "screenSharingRole.failed": [
              {
                "target": "sharer",
                "guard": "isSharer"
              },
              {
                "target": "viewer"
              }
            ],
            "roster.updated": {
              "target": "viewer",
              "guard": "selfNotSharing",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "self.viewing"
                }
              }
            }
          }
        },
        "ended": {
          "type": "final"
        }
      }
    },
    "media": {
      "initial": "starting",
      "states": {
        "starting": {
          "always": [
            {
              "target": "appHosted",
              "guard": "isAppHosted"
            },
            {
              "target": "serviceHosted"
            }
          ]
        },
        "serviceHosted": {
          "type": "parallel",
          "on": {
            "call.terminated": "ended"
          },
          "states": {
            "audioStream": {
              "initial": "inactive",
              "states": {
                "inactive": {
                  "on": {
                    "mediaState.active": {
                      "target": "active",
                      "actions": {
                        "type": "tell",
                        "params": {
                          "fact": "media.active"
                        }
                      }
                    }
                  }
                },
                "active": {
                  "on": {
                    "mediaState.inactive": {
                      "target": "inactive",
                      "actions": {
                        "type": "tell",
                        "params": {
                          "fact": "media.inactive"
                        }
                      }
                    }
                  }
                }
              }
            },
            "prompts": {
              "initial": "idle",
              "states": {
                "idle": {
                  "on": {
                    "prompt.asked": {
                      "target": "playing",
                      "actions": "queueMedia"
                    }
                  }
                },
                "playing": {
                  "on": {
                    "prompt.asked": {
                      "actions": "queueMedia"
                    },
                    "prompt.completed": [
                      {
                        "target": "idle",
                        "guard": "isLastOfItsKind",
                        "actions": "dequeueMedia"
                      },
                      {
                        "actions": "dequeueMedia"
                      }
                    ],
                    "prompt.failed": [
                      {
                        "target": "idle",
                        "guard": "isLastOfItsKind",
                        "actions": "dequeueMedia"
                      },
                      {
                        "actions": "dequeueMedia"
                      }
                    ],
                    "prompt.cancelled": [
                      {
                        "target": "idle",
                        "guard": "isLastOfItsKind",
                        "actions": "dequeueMedia"
                      },
                      {
                        "actions": "dequeueMedia"
                      }
                    ]
                  }
                }
              }
            },
            "recording": {
              "initial": "idle",
              "states": {
                "idle": {
                  "on": {
                    "recording.asked": {
                      "target": "recording",
                      "actions": "queueMedia"
                    }
                  }
                },
                "recording": {
                  "on": {
                    "recording.asked": {
                      "actions": "queueMedia"
                    },
                    "recording.completed": [
                      {
                        "target": "idle",
                        "guard": "isLastOfItsKind",
                        "actions": "dequeueMedia"
                      },
                      {
                        "actions": "dequeueMedia"
                      }
                    ],
                    "recording.failed": [
                      {
                        "target": "idle",
                        "guard": "isLastOfItsKind",
                        "actions": "dequeueMedia"
                      },
                      {
                        "actions": "dequeueMedia"
                      }
                    ],
                    "recording.cancelled": [
                      {
                        "target": "idle",
                        "guard": "isLastOfItsKind",
                        "actions": "dequeueMedia"
                      },
                      {
                        "actions": "dequeueMedia"
                      }
                    ]
                  }
                }
              }
            },
            "tones": {
              "initial": "unsubscribed",
              "on": {
                "tone.reported": {
                  "guard": "isNewTone",
                  "actions": [
                    "hearTone",
                    "raise"
                  ]
                }
              },
              "states": {
                "unsubscribed": {
                  "on": {
                    "subscribeToTone.asked": "subscribing"
                  }
                },
                "subscribing": {
                  "on": {
                    "subscribeToTone.completed": "subscribed",
                    "subscribeToTone.failed": "unsubscribed"
                  }
                },
                "subscribed": {}
              }
            }
          }
        },
        "appHosted": {
          "initial": "connecting",
          "on": {
            "call.terminated": "ended",
            "tone.reported": {
              "guard": "isNewTone",
              "actions": [
                "hearTone",
                "raise"
              ]
            }
          },
          "states": {
            "connecting": {
              "on": {
                "mediaState.active": {
                  "target": "flowing",
                  "actions": {
                    "type": "tell",
                    "params": {
                      "fact": "media.active"
                    }
                  }
                }
              }
            },
            "flowing": {
              "on": {
                "mediaState.inactive": {
                  "target": "failed",
                  "actions": {
                    "type": "tell",
                    "params": {
                      "fact": "media.inactive"
                    }
                  }
                }
              }
            },
            "failed": {
              "on": {
                "mediaState.active": {
                  "target": "flowing",
                  "actions": {
                    "type": "tell",
                    "params": {
                      "fact": "media.active"
                    }
                  }
                }
              }
            }
          }
        },
        "ended": {
          "type": "final"
        }
      }
    },
    "recordingStatus": {
      "initial": "notRecording",
      "states": {
        "notRecording": {
          "on": {
            "call.terminated": "ended",
            "recordingStatus.asked": [
              {
                "target": "starting",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "recording"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              },
              {
                "target": "failed",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "failed"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              }
            ]
          }
        },
        "starting": {
          "on": {
            "call.terminated": "ended",
            "recordingStatus.asked": [
              {
                "target": "stopping",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "notRecording"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              },
              {
                "target": "failed",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "failed"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              }
            ],
            "recordingStatus.completed": {
              "target": "recording",
              "guard": "answersLatestStatus"
            },
            "recordingStatus.failed": [
              {
                "target": "failed",
                "guard": "and(answersLatestStatus, isFateUnknown)",
                "actions": {
                  "type": "updateRecordingStatus",
                  "params": {
                    "status": "failed"
                  }
                }
              },
              {
                "target": "failed",
                "guard": "answersLatestStatus"
              }
            ]
          }
        },
        "recording": {
          "on": {
            "call.terminated": "ended",
            "recordingStatus.asked": [
              {
                "target": "stopping",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "notRecording"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              },
              {
                "target": "failed",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "failed"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              }
            ]
          }
        },
        "stopping": {
          "on": {
            "call.terminated": "ended",
            "recordingStatus.asked": [
              {
                "target": "starting",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "recording"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              },
              {
                "target": "stopping",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "notRecording"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              },
              {
                "target": "failed",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "failed"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              }
            ],
            "recordingStatus.completed": {
              "target": "notRecording",
              "guard": "answersLatestStatus"
            },
            "recordingStatus.failed": [
              {
                "guard": "and(answersLatestStatus, isFateUnknown)",
                "actions": {
                  "type": "updateRecordingStatus",
                  "params": {
                    "status": "notRecording"
                  }
                }
              },
              {
                "target": "recording",
                "guard": "answersLatestStatus"
              }
            ]
          }
        },
        "failed": {
          "on": {
            "call.terminated": "ended",
            "recordingStatus.asked": [
              {
                "target": "starting",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "recording"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              },
              {
                "target": "stopping",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "notRecording"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              },
              {
                "target": "failed",
                "guard": {
                  "type": "asksRecordingStatus",
                  "params": {
                    "status": "failed"
                  }
                },
                "actions": "keepRecordingStatusAsked"
              }
            ],
            "recordingStatus.failed": {
              "target": "failed",
              "guard": "and(answersLatestStatus, isFateUnknown)",
              "actions": {
                "type": "updateRecordingStatus",
                "params": {
                  "status": "failed"
                }
              }
            }
          }
        },
        "ended": {
          "type": "final"
        }
      }
    },
    "holdMusic": {
      "initial": "off",
      "states": {
        "off": {
          "on": {
            "call.terminated": "ended",
            "holdMusic.asked": "starting"
          }
        },
        "starting": {
          "on": {
            "call.terminated": "ended",
            "holdMusic.completed": "playing",
            "holdMusic.failed": "off",
            "holdMusic.cancelled": "off",
            "stopHoldMusic.asked": "stopping"
          }
        },
        "playing": {
          "on": {
            "call.terminated": "ended",
            "stopHoldMusic.asked": "stopping"
          }
        },
        "stopping": {
          "on": {
            "call.terminated": "ended",
            "holdMusic.asked": "starting",
            "stopHoldMusic.completed": "off",
            "stopHoldMusic.failed": "playing"
          }
        },
        "ended": {
          "type": "final"
        }
      }
    },
    "largeGallery": {
      "initial": "absent",
      "states": {
        "absent": {
          "on": {
            "call.terminated": "ended",
            "largeGallery.asked": "adding"
          }
        },
        "adding": {
          "on": {
            "call.terminated": "ended",
            "largeGallery.completed": "present",
            "largeGallery.failed": "absent",
            "largeGallery.cancelled": "absent"
          }
        },
        "present": {
          "on": {
            "call.terminated": "ended"
          }
        },
        "ended": {
          "type": "final"
        }
      }
    },
    "liveness": {
      "initial": "waiting",
      "states": {
        "waiting": {
          "after": {
            "lookUpInterval": [
              {
                "target": "waiting",
                "guard": "not(or(stateIn, stateIn))",
                "actions": "getCall",
                "reenter": true
              },
              {
                "target": "waiting",
                "reenter": true
              }
            ]
          },
          "on": {
            "call.terminated": "ended",
            "call.established": "beating",
            "engine.resumed": {
              "guard": "not(or(stateIn, stateIn))",
              "actions": "getCall"
            },
            "admin.nudged": {
              "guard": "not(or(stateIn, stateIn))",
              "actions": "getCall"
            },
            "getCall.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            },
            "hangUp.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            },
            "answer.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            },
            "reject.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            },
            "redirect.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            }
          }
        },
        "beating": {
          "after": {
            "keepAliveInterval": {
              "target": "beating",
              "actions": [
                "keepAlive",
                "getCall"
              ],
              "reenter": true
            }
          },
          "on": {
            "call.terminated": "ended",
            "engine.resumed": {
              "actions": "getCall"
            },
            "admin.nudged": {
              "actions": "getCall"
            },
            "keepAlive.failed": [
              {
                "target": "lost",
                "guard": "isGone",
                "actions": {
                  "type": "tell",
                  "params": {
                    "fact": "call.gone"
                  }
                }
              },
              {
                "target": "suspect"
              }
            ],
            "getCall.failed": [
              {
                "target": "lost",
                "guard": "isGone",
                "actions": {
                  "type": "tell",
                  "params": {
                    "fact": "call.gone"
                  }
                }
              },
              {
                "target": "suspect"
              }
            ],
            "hangUp.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            }
          }
        },
        "suspect": {
          "after": {
            "suspectInterval": {
              "target": "suspect",
              "actions": "getCall",
              "reenter": true
            }
          },
          "on": {
            "call.terminated": "ended",
            "admin.nudged": {
              "actions": "getCall"
            },
            "getCall.completed": "beating",
            "keepAlive.completed": "beating",
            "getCall.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            },
            "keepAlive.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            },
            "hangUp.failed": {
              "target": "lost",
              "guard": "isGone",
              "actions": {
                "type": "tell",
                "params": {
                  "fact": "call.gone"
                }
              }
            }
          }
        },
        "lost": {
          "on": {
            "call.terminated": "ended"
          }
        },
        "ended": {
          "type": "final"
        }
      }
    },
    "scenario": {
      "initial": "joining",
      "on": {
        "call.terminated": ".ended",
        "participant.joined": {
          "guard": "isResponder",
          "actions": [
            {
              "type": "notePresence",
              "params": {
                "outcome": "joined"
              }
            },
            "playPrompt"
          ]
        },
        "participant.left": {
          "actions": {
            "type": "notePresence",
            "params": {
              "outcome": "left"
            }
          }
        }
      },
      "states": {
        "joining": {
          "on": {
            "call.established": {
              "target": "lookingRound",
              "actions": {
                "type": "playPrompt",
                "params": {
                  "prompt": "incident.wav"
                }
              }
            }
          }
        },
        "lookingRound": {
          "entry": "listParticipants",
          "on": {
            "listParticipants.completed": "choosing",
            "listParticipants.failed": "choosing"
          }
        },
        "choosing": {
          "always": [
            {
              "target": "gathered",
              "guard": "everybodyIsCalled"
            },
            {
              "target": "choosing",
              "guard": "nextIsHere",
              "actions": "goOn",
              "reenter": true
            },
            {
              "target": "calling"
            }
          ]
        },
        "calling": {
          "entry": [
            "invite",
            "noteCall"
          ],
          "on": {
            "invite.completed": {
              "target": "choosing",
              "actions": "goOn"
            },
            "invite.failed": {
              "target": "choosing",
              "actions": [
                "noteRefusal",
                "goOn"
              ]
            },
            "invite.cancelled": {
              "target": "choosing",
              "actions": [
                "noteRefusal",
                "goOn"
              ]
            }
          }
        },
        "gathered": {
          "initial": "together",
          "states": {
            "together": {
              "always": {
                "target": "alone",
                "guard": "isAlone"
              }
            },
            "alone": {
              "always": {
                "target": "together",
                "guard": "hasCompany"
              },
              "after": {
                "30000": "#leaving"
              }
            }
          }
        },
        "leaving": {
          "id": "leaving",
          "entry": "hangUp"
        },
        "ended": {
          "type": "final"
        }
      }
    }
  }
})
